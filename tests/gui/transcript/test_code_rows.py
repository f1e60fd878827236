"""Where long lines of code continue in the next row."""

from __future__ import annotations

import unittest

from chatapp.gui.transcript.block_options import Ruler
from chatapp.gui.transcript.code_rows import MOST_ROWS, RowStart, row_starts

WIDE = "\u4e2d"


def measure(text: str, font: str) -> int:
    """Return a width as in a font whose characters are 10 pixels wide, and some twice as wide."""
    return sum(20 if each == WIDE else 10 for each in text)


class Rows(unittest.TestCase):
    def rows(self, code: str) -> list[RowStart]:
        return row_starts(code, Ruler(measure, width=112), 12)  # ten characters in a row

    def test_lines_that_fit_have_one_row(self) -> None:
        self.assertEqual([], self.rows("0123456789\nx\n\n0123456789"))

    def test_a_long_line_continues_behind_the_padding(self) -> None:
        self.assertEqual([RowStart(10, 12), RowStart(20, 12)], self.rows("x" * 30))
        self.assertEqual([RowStart(13, 12)], self.rows("ab\n0123456789abc"))

    def test_wide_characters_and_tabs_take_their_room(self) -> None:
        self.assertEqual([RowStart(5, 12)], self.rows(WIDE * 6))
        self.assertEqual([RowStart(3, 12)], self.rows("\tabcd"))
        self.assertEqual([RowStart(4, 12)], self.rows("1\tabcd"))

    def test_the_padding_is_too_wide_for_the_rest_of_the_row_before(self) -> None:
        self.assertEqual([RowStart(9, 13)], row_starts("123456789" + WIDE, Ruler(measure, width=107), 5))

    def test_a_line_without_end_has_a_limited_number_of_rows_with_padding(self) -> None:
        self.assertEqual(MOST_ROWS, len(self.rows("x" * 100_000)))
