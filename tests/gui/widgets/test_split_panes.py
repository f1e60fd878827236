"""Three panes with sashes. The people pane is hidden in a narrow window."""

from __future__ import annotations

import itertools
import tkinter as tk
import unittest
from tkinter import ttk

from chatapp.gui.widgets.split_panes import SASH, SplitPanes
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
        self.cramped: list[bool] = []
        self.panes = SplitPanes(
            self.root, self.theme, widths, people_shown, self.stored.append, self.cramped.append
        )
        self.sidebar, self.middle, self.people = (ttk.Frame(self.panes) for _ in range(3))
        self.panes.add_panes(self.sidebar, self.middle, self.people)
        self.panes.pack(fill="both", expand=True)
        self.settle()

    def width(self, widget: tk.Misc) -> int:
        return round(widget.winfo_width() / self.theme.scale) if widget.winfo_ismapped() else 0

    def lines(self) -> list[tk.Misc]:
        """Return the lines over the sashes that are shown."""
        frames = [each for each in self.panes.winfo_children() if each.winfo_class() == "TFrame"]
        lines = [each for each in frames if str(each.cget("style")) == "Divider.TFrame"]
        return [each for each in lines if each.winfo_ismapped()]

    def test_at_first_the_sides_have_their_default_widths(self) -> None:
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (236, 216))

    def test_a_line_of_the_sidebar_is_continued_over_the_sash(self) -> None:
        card = ttk.Frame(self.sidebar, height=40)
        card.pack(side="bottom", fill="x")
        self.panes.continue_line(card)
        self.settle()
        (line,) = self.lines()
        self.assertEqual(line.winfo_rootx(), card.winfo_rootx() + card.winfo_width())
        self.assertEqual(line.winfo_rootx() + line.winfo_width(), self.middle.winfo_rootx())
        self.assertEqual(line.winfo_rooty(), card.winfo_rooty())

    def test_widths_are_remembered(self) -> None:
        self.make({"sidebar": 300, "people": 160}, people_shown=True)
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (300, 160))
        self.assertEqual(self.panes.widths(), {"sidebar": 300, "people": 160})

    def test_the_sides_are_wider_with_large_text_and_remembered_as_they_are_without(self) -> None:
        self.size(1600, 600)
        self.make({"sidebar": 240, "people": 200}, people_shown=True)
        self.theme.zoom(24)
        self.settle()
        self.assertGreater(self.width(self.sidebar), 260)
        self.assertGreater(self.width(self.people), 220)
        self.assertEqual(self.panes.widths(), {"sidebar": 240, "people": 200})
        self.theme.zoom(11)
        self.settle()
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (240, 200))

    def test_where_large_text_leaves_no_room_for_it_the_sidebar_takes_the_place_of_the_messages(self) -> None:
        self.size(520, 360)
        self.settle()
        self.assertTrue(self.width(self.sidebar) and self.width(self.middle))
        self.theme.zoom(24)
        self.settle()
        self.assertEqual((self.width(self.sidebar), self.width(self.middle)), (0, 520))
        self.assertTrue(self.panes.toggle_sidebar())
        self.settle()
        self.assertEqual((self.width(self.sidebar), self.width(self.middle)), (520, 0))
        self.assertTrue(self.panes.show_messages())
        self.settle()
        self.assertEqual((self.width(self.sidebar), self.width(self.middle)), (0, 520))
        self.panes.toggle_sidebar()
        self.theme.zoom(11)
        self.settle()
        self.assertTrue(160 <= self.width(self.sidebar) < 200 and self.width(self.middle) > 300)
        self.assertFalse(self.panes.show_messages())
        self.assertEqual(self.cramped, [True, False])

    def test_a_side_is_never_narrower_than_it_can_be(self) -> None:
        self.make({"sidebar": 3, "people": 3}, people_shown=True)
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (160, 150))

    def test_a_side_is_never_wider_than_it_may_be(self) -> None:
        self.size(1600, 600)
        self.make({"sidebar": 900, "people": 900}, people_shown=True)
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (400, 360))

    def add_search(self) -> ttk.Frame:
        search = ttk.Frame(self.panes)
        self.panes.add_search(search)
        return search

    def test_the_search_takes_the_place_of_the_people(self) -> None:
        search = self.add_search()
        self.panes.show_search(True)
        self.settle()
        self.assertEqual((400, 0), (self.width(search), self.width(self.people)))
        self.assertFalse(self.panes.covers_messages)
        self.panes.show_search(False)
        self.settle()
        self.assertEqual((0, 216), (self.width(search), self.width(self.people)))

    def test_the_search_leaves_room_for_the_messages(self) -> None:
        search = self.add_search()
        self.size(840, 600)
        self.panes.show_search(True)
        self.settle()
        self.assertGreaterEqual(self.width(self.middle), 280)
        self.assertGreaterEqual(self.width(search), 300)

    def test_in_a_narrow_window_the_search_covers_the_messages(self) -> None:
        search = self.add_search()
        self.panes.show_search(True)
        self.size(600, 600)
        self.settle()
        self.assertTrue(self.panes.covers_messages)
        self.assertEqual(self.width(self.middle), self.width(search))
        self.size(1200, 600)
        self.settle()
        self.assertEqual((False, 400), (self.panes.covers_messages, self.width(search)))
        self.panes.show_search(False)
        self.size(600, 600)
        self.settle()
        self.assertEqual(0, self.width(search))

    def test_a_sash_stops_where_a_side_has_its_maximum_width(self) -> None:
        px, panes = self.theme.px, self.panes
        self.size(1200, 600)
        self.settle()
        for sash, side, steps in ((0, self.sidebar, (300, 390, 500)), (1, self.people, (900, 860, 700))):
            x, y = panes.sash_coord(sash)
            panes.event_generate("<Button-1>", x=x + 1, y=y + 50)
            for step in steps:
                panes.event_generate("<B1-Motion>", x=px(step), y=y + 50)
                self.settle()
            panes.event_generate("<ButtonRelease-1>", x=px(steps[-1]), y=y + 50)
            self.settle()
            wide = 390 if sash == 0 else 340
            self.assertAlmostEqual(self.width(side), wide, delta=4)

    def test_where_sides_and_middle_have_one_colour_lines_part_them(self) -> None:
        self.theme.use("dark")
        self.settle()
        self.assertEqual([], self.lines())
        self.theme.use("contrast")
        self.settle()
        sash = self.theme.px(SASH)
        ends = [self.middle.winfo_rootx(), self.people.winfo_rootx() - sash]
        self.assertEqual(ends, [each.winfo_rootx() for each in self.lines()])
        search = self.add_search()
        self.panes.show_search(True)
        self.settle()
        self.assertEqual(
            [ends[0], search.winfo_rootx() - sash], [each.winfo_rootx() for each in self.lines()]
        )

    def test_the_middle_takes_what_a_larger_window_gives(self) -> None:
        before = self.width(self.middle)
        self.size(1240, 600)
        self.settle()
        self.assertEqual(self.width(self.middle) - before, 200)
        self.assertEqual(self.width(self.sidebar), 236)

    def test_in_a_narrow_window_the_people_are_hidden(self) -> None:
        self.size(819, 600)
        self.settle()
        self.assertEqual(self.width(self.people), 0)
        self.size(820, 600)
        self.settle()
        self.assertEqual(self.width(self.people), 216)

    def test_in_a_narrow_window_the_sidebar_is_reduced_but_its_width_is_not_stored(self) -> None:
        for whole, width in ((600, 176), (520, 160), (450, 160), (1040, 236), (600, 176)):
            with self.subTest(whole=whole):
                self.size(whole, 600)
                self.settle()
                self.assertEqual(self.width(self.sidebar), width)
                self.assertEqual(self.panes.widths()["sidebar"], 236)

    def test_after_any_order_of_sizes_the_sidebar_has_its_width_again(self) -> None:
        steps: tuple[tuple[str, int], ...] = (("text", 24), ("text", 11), ("window", 520), ("window", 1120))
        for order in itertools.permutations(steps):
            with self.subTest(order=order):
                for what, value in (*order, ("text", 11), ("window", 1040)):
                    self.theme.zoom(value) if what == "text" else self.size(value, 360)
                    self.settle()
                    self.assertEqual(self.panes.widths(), {"sidebar": 236, "people": 216})
                self.assertEqual((self.width(self.sidebar), self.width(self.people)), (236, 216))

    def test_with_large_text_the_sidebar_stays_wide_enough_for_names(self) -> None:
        self.theme.zoom(24)
        self.size(819, 360)
        self.settle()
        self.assertGreater(self.width(self.sidebar), 200)
        self.assertGreaterEqual(self.width(self.middle), 550)

    def test_a_width_that_the_user_drags_is_stored(self) -> None:
        x, y = self.panes.sash_coord(0)
        self.panes.event_generate("<Button-1>", x=x + 1, y=y + 50)
        self.panes.event_generate("<B1-Motion>", x=self.theme.px(280) + 1, y=y + 50)
        self.settle()
        self.panes.event_generate("<ButtonRelease-1>", x=self.theme.px(280) + 1, y=y + 50)
        self.assertAlmostEqual(self.panes.widths()["sidebar"], 280, delta=3)
        self.assertEqual(self.panes.widths()["sidebar"], self.width(self.sidebar))
        for whole in (600, 1040):
            self.size(whole, 600)
            self.settle()
        self.assertEqual(self.panes.widths()["sidebar"], self.width(self.sidebar))

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
        self.assertEqual((self.width(self.sidebar), self.width(self.people)), (0, 216))
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
        self.assertEqual(self.width(self.people), 216)


if __name__ == "__main__":
    unittest.main()
