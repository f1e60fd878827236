"""Chips: clicked, removed, and readable."""

from __future__ import annotations

from chatapp.gui.widgets.chip_button import Chip, ChipButton
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class ChipButtonTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []

    def make(self, chip: Chip, surface: str = "pane") -> ChipButton:
        made = ChipButton(
            self.root,
            self.theme,
            chip,
            lambda: self.done.append("click"),
            lambda: self.done.append("remove"),
            surface,
        )
        made.pack()
        self.settle()
        return made

    def click(self, chip: ChipButton, x: int) -> None:
        chip.event_generate("<Button-1>", x=x, y=5)
        chip.event_generate("<ButtonRelease-1>", x=x, y=5)
        self.settle()

    def test_a_click_and_enter_and_space_are_the_same(self) -> None:
        chip = self.make(Chip("Insults"))
        self.click(chip, 10)
        self.focus(chip)
        self.press(chip, "<Return>", "<space>")
        self.assertEqual(self.done, ["click"] * 3)

    def test_the_cross_and_delete_remove(self) -> None:
        chip = self.make(Chip("Since 1 March", "clock", is_selected=True, is_removable=True))
        self.click(chip, chip.winfo_width() - 12)
        self.click(chip, 12)
        self.focus(chip)
        self.press(chip, "<Delete>")
        self.assertEqual(self.done, ["remove", "click", "remove"])

    def test_a_chip_without_a_cross_cannot_be_removed(self) -> None:
        chip = self.make(Chip("Insults"))
        self.click(chip, chip.winfo_width() - 12)
        self.focus(chip)
        self.press(chip, "<Delete>")
        self.assertEqual(self.done, ["click"])

    def test_a_button_released_elsewhere_does_nothing(self) -> None:
        chip = self.make(Chip("Insults"))
        for x in (-5, chip.winfo_width() + 5):
            chip.event_generate("<Button-1>", x=5, y=5)
            chip.event_generate("<ButtonRelease-1>", x=x, y=5)
        self.assertEqual(self.done, [])

    def test_a_button_pressed_elsewhere_does_nothing(self) -> None:
        chip = self.make(Chip("Insults"))
        self.click(chip, 10)
        chip.event_generate("<ButtonRelease-1>", x=10, y=5)
        self.assertEqual(self.done, ["click"])

    def test_it_fits_its_text_at_every_size(self) -> None:
        chip = self.make(Chip("Any conversation", "hash"), "sidebar")
        for size in (11, 24):
            self.theme.zoom(size)
            self.settle()
            self.assertGreater(
                chip.winfo_reqwidth(), self.theme.fonts["ChatSmall"].measure("Any conversation")
            )
            self.assertGreaterEqual(chip.winfo_reqheight(), self.theme.px(28))
            self.assertGreater(chip.winfo_reqheight(), self.theme.fonts["ChatSmall"].metrics("linespace"))
        chip.show(Chip("From Ann", is_selected=True))
        self.assertEqual(list(drawn_texts(chip)), ["From Ann"])

    def test_the_focus_is_visible(self) -> None:
        for is_selected in (False, True):
            chip = self.make(Chip("Insults", is_selected=is_selected))
            images = []
            for other in (self.root, chip):
                self.focus(other)
                images.append(self.root.tk.call(chip, "itemcget", "all", "-image"))
            self.assertNotEqual(*images)

    def test_a_chip_that_may_not_be_as_wide_as_its_text_shortens_it(self) -> None:
        chip = self.make(Chip("From Ben Okafor of the third form", "person", is_removable=True))
        chip.limit(120)
        self.settle()
        self.assertLessEqual(chip.winfo_reqwidth(), 120)
        (text,) = drawn_texts(chip)
        self.assertTrue(text.startswith("From") and text.endswith("…"), text)
