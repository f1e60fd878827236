"""ISUPPORT tokens are written and parsed."""

from __future__ import annotations

import unittest

from chatapp.protocol import isupport


class Tokens(unittest.TestCase):
    def test_values_names_without_value_and_escapes(self) -> None:
        written = isupport.tokens({"NICKLEN": 32, "WHOX": None, "NETWORK": "Room 12", "X": "a=b\\c"})
        self.assertEqual(written, ["NICKLEN=32", "WHOX", "NETWORK=Room\\x2012", "X=a\\x3Db\\x5Cc"])

    def test_written_tokens_are_parsed_to_the_same_values(self) -> None:
        values = {"NICKLEN": "32", "NETWORK": "Room 12 = \\ lab", "EMPTY": ""}
        self.assertEqual(isupport.parse(isupport.tokens(values)), values)

    def test_a_name_without_value_is_empty_and_a_negated_one_is_none(self) -> None:
        self.assertEqual(
            isupport.parse(["WHOX", "-MONITOR", "A=", ""]), {"WHOX": "", "MONITOR": None, "A": ""}
        )

    def test_a_line_has_at_most_thirteen_tokens(self) -> None:
        """With the nick and the trailing text a line has fifteen parameters."""
        rows = isupport.rows(f"T{number}" for number in range(30))
        self.assertEqual([len(row) for row in rows], [13, 13, 4])
        self.assertEqual(isupport.rows([]), [])

    def test_prefixes_come_highest_first(self) -> None:
        self.assertEqual(list(isupport.prefixes("(qaohv)~&@%+").items())[::4], [("q", "~"), ("v", "+")])
        for value in ("", "ov@+", "()"):
            with self.subTest(value):
                self.assertEqual(isupport.prefixes(value), {})
