"""ISUPPORT tokens, written and read."""

from __future__ import annotations

import unittest

from chatapp.protocol import isupport


class Tokens(unittest.TestCase):
    def test_values_bare_names_and_what_must_be_escaped(self) -> None:
        written = isupport.tokens({"NICKLEN": 32, "WHOX": None, "NETWORK": "Room 12", "X": "a=b\\c"})
        self.assertEqual(written, ["NICKLEN=32", "WHOX", "NETWORK=Room\\x2012", "X=a\\x3Db\\x5Cc"])

    def test_what_is_written_is_read_again(self) -> None:
        values = {"NICKLEN": "32", "NETWORK": "Room 12 = \\ lab", "EMPTY": ""}
        self.assertEqual(isupport.parse(isupport.tokens(values)), values)

    def test_a_name_without_value_is_empty_and_a_negated_one_is_none(self) -> None:
        self.assertEqual(
            isupport.parse(["WHOX", "-MONITOR", "A=", ""]), {"WHOX": "", "MONITOR": None, "A": ""}
        )

    def test_at_most_thirteen_a_line(self) -> None:
        """With the nick and the words a line has fifteen parameters then."""
        rows = isupport.rows(f"T{number}" for number in range(30))
        self.assertEqual([len(row) for row in rows], [13, 13, 4])
        self.assertEqual(isupport.rows([]), [])

    def test_prefixes_come_highest_first(self) -> None:
        self.assertEqual(list(isupport.prefixes("(qaohv)~&@%+").items())[::4], [("q", "~"), ("v", "+")])
        for value in ("", "ov@+", "()"):
            with self.subTest(value):
                self.assertEqual(isupport.prefixes(value), {})
