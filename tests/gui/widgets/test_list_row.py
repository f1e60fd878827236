"""How one row of a list is drawn."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.list_row import ListRow, RowPainter
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts, items, option


class RowPainterTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.canvas = tk.Canvas(self.root, width=400, height=100)
        self.canvas.pack()
        self.painter = RowPainter(self.canvas, self.theme)

    def draw(
        self, row: ListRow, width: int = 400, selected: bool = False, focused: bool = False
    ) -> dict[str, tuple[int, int]]:
        """Draw a row and return its texts and their positions."""
        self.canvas.delete("all")
        self.painter.draw(row, 0, 28, width, selected=selected, hovered=False, focused=focused)
        return drawn_texts(self.canvas)

    def colour(self, text: str) -> str:
        """Return the colour of a drawn text."""
        found = next(item for item in items(self.canvas, "text") if option(self.canvas, item, "text") == text)
        return option(self.canvas, found, "fill")

    def test_text_note_and_count_are_beside_each_other(self) -> None:
        texts = self.draw(ListRow("a", "general", note="(muted)", icon="disc", count="3"))
        self.assertEqual(sorted(texts, key=lambda text: texts[text][0]), ["general", "(muted)", "3"])

    def test_a_heading_has_only_its_text(self) -> None:
        self.draw(ListRow("", "CHANNELS", count="3"), selected=True, focused=True)
        self.assertEqual(len(self.canvas.find_all()), len(items(self.canvas, "text")))

    def test_on_a_selected_row_weak_colours_are_replaced_by_readable_ones(self) -> None:
        colours = self.theme.colours
        self.draw(ListRow("a", "general", role="faint"))
        self.assertEqual(self.colour("general"), colours.faint)
        self.draw(ListRow("a", "general", role="faint"), selected=True)
        self.assertEqual(self.colour("general"), colours.muted)

    def test_a_badge_is_an_image_behind_the_count_and_is_made_once(self) -> None:
        row, images = ListRow("a", "general", count="@ 2", badge=True), set()
        for _ in range(2):
            self.draw(row)
            self.assertEqual(self.colour("@ 2"), self.theme.colours.on_badge)
            (badge,) = items(self.canvas, "image")
            images.add(option(self.canvas, badge, "image"))
        self.assertEqual(len(images), 1)

    def test_a_text_that_does_not_fit_is_shortened(self) -> None:
        row = ListRow("a", "a rather long name", count="12")
        self.assertFalse(self.painter.is_cut(row, 400))
        self.assertTrue(self.painter.is_cut(row, 80))
        self.assertTrue(any(text.endswith("…") for text in self.draw(row, width=80)))

    def test_the_focus_ring_is_a_frame_in_the_accent_colour(self) -> None:
        self.draw(ListRow("a", "general"), focused=True)
        (ring,) = items(self.canvas, "rectangle")
        self.assertEqual(option(self.canvas, ring, "outline"), self.theme.colours.accent)
