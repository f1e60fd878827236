"""The table of emoji."""

from __future__ import annotations

import re
import unittest

from chatapp.client.text.emoji_table import TABLE


class EmojiTable(unittest.TestCase):
    def test_each_row_is_a_sequence_and_a_name_and_no_sequence_occurs_twice(self) -> None:
        rows = [line for line in TABLE.strip().splitlines() if not line.startswith("# ")]
        for row in rows:
            self.assertRegex(row, r"^\S+ [^;]+(; [a-z0-9_+-]+( [a-z0-9_+-]+)*)?$")
        sequences = [row.split()[0] for row in rows]
        self.assertEqual(len(sequences), len(set(sequences)))

    def test_the_groups_are_in_the_order_of_the_picker(self) -> None:
        self.assertEqual(
            re.findall("^# (.+)$", TABLE, re.MULTILINE),
            [
                "Smileys", "People", "Animals and nature", "Food and drink", "Activities",
                "Travel and places", "Objects", "Symbols", "Flags",
            ],
        )  # fmt: skip
