"""Choosing a colour."""

from __future__ import annotations

from chatapp.gui.widgets.colour_swatches import STEP, ColourSwatches
from tests.gui.base import WindowTest

NAMES = tuple(f"colour {number}" for number in range(16))


class Swatches(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[int] = []
        self.swatches = ColourSwatches(self.root, self.theme, NAMES, self.chosen.append)
        self.swatches.pack(fill="x")
        self.settle()

    def click(self, index: int) -> None:
        x, y = self.swatches.centre(index)
        self.swatches.event_generate("<Button-1>", x=x, y=y)
        self.settle()

    def test_a_click_chooses_once(self) -> None:
        self.click(5)
        self.click(5)
        self.assertEqual((self.chosen, self.swatches.chosen), ([5], 5))

    def test_arrows_go_round(self) -> None:
        self.focus(self.swatches)
        self.press(self.swatches, "<Left>", "<Right>", "<Right>", "<End>", "<Home>")
        self.assertEqual(self.chosen, [15, 0, 1, 15, 0])

    def test_showing_a_colour_chooses_nothing(self) -> None:
        self.swatches.show(7)
        self.assertEqual((self.chosen, self.swatches.chosen), ([], 7))

    def test_a_narrow_place_has_more_rows_and_every_colour_can_be_clicked(self) -> None:
        self.size(STEP * 5 + 3, 300)
        self.until(lambda: self.swatches.winfo_width() == self.theme.px(STEP * 5 + 3))
        self.settle()
        self.assertEqual(self.swatches.winfo_reqheight(), 4 * self.theme.px(STEP))
        for index in (4, 5, 15):
            self.click(index)
        self.assertEqual(self.chosen, [4, 5, 15])

    def test_a_click_beside_the_colours_does_nothing(self) -> None:
        self.swatches.event_generate("<Button-1>", x=self.theme.px(STEP * 16 + 5), y=5)
        self.assertEqual(self.chosen, [])
