"""What a list shows of the row under the pointer."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.list_row import Heading, ListRow, Mark, Row
from chatapp.gui.widgets.row_pointer import RowPointer
from tests.gui.base import WindowTest


class RowPointerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.row: Row | None = None
        self.is_cut = False
        self.hovered: list[str] = []
        canvas = tk.Canvas(self.root, width=200, height=100)
        canvas.pack()
        self.pointer = RowPointer(
            self.root,
            canvas,
            self.theme,
            row_at=lambda y: self.row,
            is_plus_at=lambda x: x > 150,
            is_cut=lambda row: self.is_cut,
            on_hover=lambda: self.hovered.append(self.pointer.key),
            on_pointer=lambda inside: None,
        )
        self.texts: list[str] = []
        self.pointer.tooltip.show = self.texts.append  # type: ignore[method-assign, assignment]
        self.canvas = canvas
        self.settle()

    def move(self, row: Row | None, x: int = 10) -> None:
        self.row = row
        self.canvas.event_generate("<Motion>", x=x, y=5)

    def test_the_row_under_the_pointer_is_known(self) -> None:
        for row in (ListRow("a", "general"), ListRow("b", "help"), None):
            self.move(row)
            self.move(row, x=11)
        self.assertEqual(self.hovered, ["a", "b", ""])

    def test_a_name_without_room_is_shown_whole_and_marks_are_explained(self) -> None:
        row = ListRow("a", "general", note="(left)", marks=(Mark("bell-off", "faint", "Muted"),))
        self.move(row)
        self.move(None)
        self.is_cut = True
        self.move(row)
        self.assertEqual(self.texts, ["Muted", "", "general (left)\nMuted"])

    def test_a_heading_without_room_is_shown_whole(self) -> None:
        self.is_cut = True
        self.move(Heading("DIREKTNACHRICHTEN", "h"))
        self.assertEqual(self.texts, ["DIREKTNACHRICHTEN"])

    def test_the_plus_of_a_heading_is_explained(self) -> None:
        heading = Heading("CHANNELS", "h", add="Join or make a channel")
        self.move(heading)
        self.move(heading, x=180)
        self.assertEqual(self.texts, ["", "Join or make a channel"])
        self.assertTrue(self.pointer.is_plus(heading, 180))
        self.assertFalse(self.pointer.is_plus(ListRow("a", "general"), 180))
