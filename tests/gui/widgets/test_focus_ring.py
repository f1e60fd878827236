"""A ring along the edges of a widget."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.focus_ring import WIDTH, FocusRing
from tests.gui.base import WindowTest


class FocusRingTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pane = tk.Frame(self.root, width=200, height=100)
        self.pane.place(x=0, y=0)
        self.ring = FocusRing(self.pane, self.theme)

    def edges(self) -> set[tuple[int, int, int, int]]:
        """Return place and size of the visible edges."""
        self.settle()
        return {
            (each.winfo_x(), each.winfo_y(), each.winfo_width(), each.winfo_height())
            for each in self.pane.winfo_children()
            if each.winfo_ismapped()
        }

    def test_it_runs_along_all_four_edges(self) -> None:
        self.assertEqual(self.edges(), set())
        self.ring.show(True)
        w = self.theme.px(WIDTH)
        self.assertEqual(
            self.edges(), {(0, 0, 200, w), (0, 100 - w, 200, w), (0, 0, w, 100), (200 - w, 0, w, 100)}
        )
        self.ring.show(False)
        self.assertEqual(self.edges(), set())

    def test_it_follows_the_colours(self) -> None:
        self.ring.show(True)
        self.theme.use("light")
        colours = {each.cget("background") for each in self.pane.winfo_children()}
        self.assertEqual(colours, {self.theme.colours.accent})
