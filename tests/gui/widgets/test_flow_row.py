"""Controls beside or below one another."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.flow_row import FlowRow
from tests.gui.base import WindowTest


class Flow(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.row = FlowRow(self.root, self.theme, spread=True)
        self.row.pack(fill="x")
        self.buttons = [ttk.Button(self.row, text="A rather long label") for _ in range(3)]
        self.row.show(*self.buttons)
        self.settle()

    def test_there_is_a_column_where_there_is_no_room(self) -> None:
        self.assertFalse(self.row.is_column)
        self.assertEqual(len({each.winfo_y() for each in self.buttons}), 1)
        self.size(200, 300)
        self.until(lambda: self.row.is_column)
        self.settle()
        self.assertEqual(len({each.winfo_x() for each in self.buttons}), 1)
        self.size(800, 300)
        self.until(lambda: not self.row.is_column)

    def test_the_last_one_stands_at_the_right_end(self) -> None:
        last = self.buttons[-1]
        self.assertEqual(last.winfo_x() + last.winfo_width(), self.row.winfo_width())

    def test_a_text_that_is_wider_than_the_row_wraps(self) -> None:
        self.buttons[0].configure(text="A label that is longer than anything else here")
        self.size(180, 300)
        self.until(lambda: self.row.is_column)
        self.settle()
        for each in self.buttons:
            self.assertGreaterEqual(each.winfo_width(), each.winfo_reqwidth())
        self.size(800, 300)
        self.settle()
        self.assertNotIn("\n", str(self.buttons[0].cget("text")))

    def test_others_can_be_shown(self) -> None:
        self.row.show(self.buttons[1])
        self.settle()
        self.assertEqual([each.winfo_viewable() for each in self.buttons], [0, 1, 0])
