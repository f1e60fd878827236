"""Sources of rows."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.list_row import Heading, Hint, ListRow, Row, RowSource


class RowSourceTest(unittest.TestCase):
    def test_rows_that_are_already_made_are_a_source(self) -> None:
        rows: list[Row] = [
            Heading("CHANNELS", "h"),
            ListRow("a", "a", count="3"),
            ListRow("b", "b", detail="away"),
            ListRow("c", "c", count="@ 1", badge=True),
            Hint("Nobody yet"),
        ]
        source = RowSource.of(rows)
        self.assertEqual(source.keys, ["h", "a", "b", "c", ""])
        self.assertEqual((source.headings, source.tall, source.hints), ({0}, {2}, {4}))
        self.assertEqual(source.counted, {1: False, 3: True})
        self.assertIs(source.make(2), rows[2])

    def test_a_row_without_a_key_is_a_heading(self) -> None:
        source = RowSource.of([ListRow("", "PEOPLE"), ListRow("a", "a")])
        self.assertEqual((source.make(0), source.headings), (Heading("PEOPLE"), {0}))

    def test_keys_lead_to_rows_and_rows_to_their_headings(self) -> None:
        rows: list[Row] = [ListRow("x", "x"), Heading("CHANNELS", "h"), Hint("none"), ListRow("a", "a")]
        source = RowSource.of(rows)
        self.assertEqual([source.index_of(key) for key in ("a", "h", "", "z")], [3, 1, None, None])
        for key, step, start, expected in (
            ("x", 1, "", "h"),
            ("h", 1, "", "a"),
            ("a", 9, "", "a"),
            ("a", -9, "", "x"),
            ("gone", 1, "a", "a"),
            ("", 1, "", "x"),
        ):
            with self.subTest(key=key, step=step, start=start):
                self.assertEqual(source.moved(key, step, start), expected)
        self.assertEqual(RowSource.of([]).moved("", 1, ""), "")
        self.assertEqual(RowSource.of(rows[1:3]).moved("", 1, ""), "h")
        self.assertEqual([source.heading_above(key) for key in ("x", "h", "a")], [None, rows[1], rows[1]])


if __name__ == "__main__":
    unittest.main()
