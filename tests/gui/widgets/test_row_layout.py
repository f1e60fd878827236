"""Where the rows of a list stand."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.row_layout import RowHeights, RowLayout


class RowLayoutTest(unittest.TestCase):
    def setUp(self) -> None:
        # heading 0-20, row 20-30, tall 30-44, gap 44-48, heading 48-68, row 68-78
        self.layout = RowLayout(RowHeights(row=10, tall=14, heading=20, gap=4), 5, headings={0, 3}, tall={2})

    def test_rows_headings_and_gaps_have_their_heights(self) -> None:
        places = [(self.layout.top(index), self.layout.bottom(index)) for index in range(5)]
        self.assertEqual(places, [(0, 20), (20, 30), (30, 44), (48, 68), (68, 78)])
        self.assertEqual((self.layout.height, self.layout.middle(2)), (78, 37))

    def test_the_row_at_a_height_is_found(self) -> None:
        for y, index in ((-1, None), (0, 0), (19, 0), (20, 1), (43, 2), (46, 3), (77, 4), (78, None)):
            with self.subTest(y=y):
                self.assertEqual(self.layout.at(y), index)

    def test_the_rows_in_a_view_are_those_that_are_partly_inside(self) -> None:
        for top, bottom, rows in (
            (0, 20, [0]),
            (0, 21, [0, 1]),
            (25, 45, [1, 2, 3]),
            (70, 500, [4]),
            (78, 90, []),
        ):
            with self.subTest(top=top, bottom=bottom):
                self.assertEqual(list(self.layout.within(top, bottom)), rows)

    def test_without_rows_there_is_nothing(self) -> None:
        empty = RowLayout()
        self.assertEqual((empty.height, empty.at(0), list(empty.within(0, 100))), (0, None, []))


if __name__ == "__main__":
    unittest.main()
