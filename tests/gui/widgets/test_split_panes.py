"""Three panes with sashes. The people pane is hidden in a narrow window."""

from __future__ import annotations

import tkinter as tk
import unittest
from tkinter import ttk

from chatapp.gui.widgets.split_panes import SplitPanes
from tests.gui.base import WindowTest


class SplitPanesTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.stored: list[bool] = []
        self.size(1040, 600)
        self.make({}, people_shown=True)

    def make(self, widths: dict[str, int], people_shown: bool) -> None:
        for child in self.root.winfo_children():
            child.destroy()
        self.panes = SplitPanes(self.root, self.theme, widths, people_shown, self.stored.append)
        self.sidebar, self.middle, self.people = (ttk.Frame(self.panes) for _ in range(3))
        self.panes.add_panes(self.sidebar, self.middle, self.people)
        self.panes.pack(fill="both", expand=True)
        self.settle()

    def width(self, widget: tk.Misc) -> int:
        return round(widget.winfo_width() / self.theme.scale) if widget.winfo_ismapped() else 0

    def test_at_first_the_sides_have_their_default_widths(self) -> None:
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (220, 190))

    def test_widths_are_remembered(self) -> None:
        self.make({"sidebar": 300, "people": 160}, people_shown=True)
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (300, 160))
        self.assertEqual(self.panes.widths(), {"sidebar": 300, "people": 160})

    def test_a_side_is_never_narrower_than_it_can_be(self) -> None:
        self.make({"sidebar": 3, "people": 3}, people_shown=True)
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (160, 150))

    def test_the_middle_takes_what_a_larger_window_gives(self) -> None:
        before = self.width(self.middle)
        self.size(1240, 600)
        self.settle()
        self.assertEqual(self.width(self.middle) - before, 200)
        self.assertEqual(self.width(self.sidebar), 220)

    def test_in_a_narrow_window_the_people_are_hidden(self) -> None:
        self.size(819, 600)
        self.settle()
        self.assertEqual(self.width(self.people), 0)
        self.size(820, 600)
        self.settle()
        self.assertEqual(self.width(self.people), 190)

    def test_in_a_narrow_window_the_sidebar_is_reduced_but_its_width_is_not_stored(self) -> None:
        for whole, width in ((520, 166), (400, 160), (1040, 220), (520, 166)):
            with self.subTest(whole=whole):
                self.size(whole, 600)
                self.settle()
                self.assertEqual(self.width(self.sidebar), width)
                self.assertEqual(self.panes.widths()["sidebar"], 220)

    def test_in_a_narrow_window_showing_the_people_is_not_stored(self) -> None:
        self.size(700, 600)
        self.settle()
        self.panes.toggle_people()
        self.settle()
        self.assertGreater(self.width(self.people), 0)
        self.panes.toggle_people()
        self.settle()
        self.assertEqual((self.width(self.people), self.stored), (0, []))

    def test_without_room_for_three_panes_the_people_replace_the_sidebar(self) -> None:
        self.size(520, 400)
        self.settle()
        self.panes.toggle_people()
        self.settle()
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (0, 190))
        self.size(800, 400)
        self.settle()
        self.assertGreater(self.width(self.sidebar), 0)
        self.size(520, 400)
        self.settle()
        self.panes.toggle_people()
        self.settle()
        self.assertEqual(self.width(self.people), 0)
        self.assertGreater(self.width(self.sidebar), 0)

    def test_hiding_the_people_is_stored_with_their_width(self) -> None:
        self.make({"people": 260}, people_shown=True)
        self.panes.toggle_people()
        self.settle()
        self.assertEqual((self.width(self.people), self.stored), (0, [False]))
        self.assertEqual(self.panes.widths()["people"], 260)
        self.panes.toggle_people()
        self.settle()
        self.assertEqual((self.width(self.people), self.stored), (260, [False, True]))

    def test_without_people_the_pane_is_hidden(self) -> None:
        self.panes.set_people_available(False)
        self.settle()
        self.assertEqual(self.width(self.people), 0)
        self.panes.set_people_available(True)
        self.settle()
        self.assertEqual(self.width(self.people), 190)


if __name__ == "__main__":
    unittest.main()
