"""The bars beside the lines with certain tags."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.transcript.bars import WIDTH, Bars
from tests.gui.base import WindowTest


class BarsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.page = tk.Text(self.root, borderwidth=0, highlightthickness=0, padx=0, pady=0)
        self.page.pack(fill="both", expand=True)
        self.page.insert("1.0", "line\n" * 100)
        self.bars = Bars(self.root, self.theme)
        self.settle()

    def draw(self) -> list[tk.Misc]:
        """Draw the bars, and return their frames."""
        self.bars.draw(self.page)
        self.settle()
        frames = [each for each in self.root.winfo_children() if each.winfo_class() == "Frame"]
        return [each for each in frames if each.winfo_ismapped()]

    def test_a_bar_is_as_high_as_its_lines(self) -> None:
        self.page.tag_add("band", "2.0", "4.0")
        (frame,) = self.draw()
        first, last = self.page.dlineinfo("2.0"), self.page.dlineinfo("3.0")
        assert first is not None and last is not None
        self.assertEqual((frame.winfo_y(), frame.winfo_height()), (first[1], last[1] + last[3] - first[1]))
        self.assertEqual((frame.winfo_x(), frame.winfo_width()), (0, self.theme.px(WIDTH)))
        self.assertEqual(frame.cget("background"), self.theme.colours.mention_bar)

    def test_bars_move_with_the_text_and_go_with_it(self) -> None:
        self.page.tag_add("chosen", "3.0", "4.0")
        before = self.draw()[0].winfo_y()
        self.page.yview_scroll(1, "units")
        self.settle()
        self.assertLess(self.draw()[0].winfo_y(), before)
        self.page.yview("60.0")
        self.settle()
        self.assertEqual(self.draw(), [])

    def test_lines_that_are_partly_out_of_sight_have_a_bar_up_to_the_edge(self) -> None:
        self.page.tag_add("band", "1.0", "90.0")
        self.page.yview("20.0")
        self.settle()
        (frame,) = self.draw()
        self.assertEqual((frame.winfo_y(), frame.winfo_height()), (0, self.page.winfo_height()))

    def test_each_kind_has_its_colour(self) -> None:
        for line, tag in ((1, "band"), (3, "flash"), (5, "chosen")):
            self.page.tag_add(tag, f"{line}.0", f"{line + 1}.0")
        self.draw()
        colours = self.theme.colours
        self.assertEqual(
            [colour for _, _, colour in self.bars.shown],
            [colours.mention_bar, colours.accent, colours.accent],
        )
