"""Where the parts of a bar stand."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.bar_layout import BarLayout, BarParts
from tests.gui.base import WindowTest

TEXT = "Tom Hale is banned until tomorrow"


class BarLayoutTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.bar = ttk.Frame(self.root, width=self.theme.px(100))
        icon, text, detail = (ttk.Label(self.bar) for _ in range(3))
        self.parts = BarParts(
            icon, text, detail, ttk.Button(self.bar, text="Undo"), ("ChatSmallBold", "ChatSmall")
        )
        text.configure(font="ChatSmallBold")
        detail.configure(font="ChatSmall")
        self.layout = BarLayout(self.bar, self.theme, self.parts, 16)
        self.bar.grid(row=0, column=0, sticky="ew")
        self.root.columnconfigure(0, weight=1)

    def lay(self, width: int, detail: str = "8 s to undo", has_button: bool = True) -> list[str]:
        """Show the texts in a window of this width; return the words that are visible."""
        self.size(width, 500)
        self.settle()
        self.layout.fit(TEXT, detail, has_button, self.theme.px(40))
        self.settle()
        labels = (self.parts.text, self.parts.detail)
        return [" ".join(str(each.cget("text")).split()) for each in labels if each.winfo_viewable()]

    def test_the_button_is_beside_the_texts_if_they_have_room_there(self) -> None:
        self.assertEqual(self.lay(600), [TEXT, "8 s to undo"])
        self.assertFalse(self.layout.is_button_below)
        self.assertGreater(self.parts.button.winfo_x(), self.parts.text.winfo_x())
        self.assertEqual(
            self.bar.winfo_height(), max(self.theme.px(40), self.parts.button.winfo_height() + 10)
        )

    def test_it_is_below_them_if_they_would_be_cut_off(self) -> None:
        self.assertEqual(self.lay(180), [TEXT, "8 s to undo"])
        self.assertTrue(self.layout.is_button_below)
        detail, button = self.parts.detail, self.parts.button
        self.assertGreaterEqual(button.winfo_y(), detail.winfo_y() + detail.winfo_height())
        self.assertLess(button.winfo_y() + button.winfo_height(), self.bar.winfo_height())
        self.assertEqual(self.lay(600), [TEXT, "8 s to undo"])
        self.assertFalse(self.layout.is_button_below)

    def test_nothing_stands_in_the_place_of_a_missing_part(self) -> None:
        self.assertEqual(self.lay(600, detail="", has_button=False), [TEXT])
        self.assertFalse(self.parts.button.winfo_viewable())

    def test_parts_come_back_when_the_text_is_smaller_again(self) -> None:
        self.theme.zoom(24)
        self.size(600, 360)
        self.assertEqual(self.lay(600), [TEXT])
        self.theme.zoom(11)
        self.assertEqual(self.lay(600), [TEXT, "8 s to undo"])

    def test_no_line_is_cut_off_at_its_end(self) -> None:
        for width in range(300, 340, 3):
            self.lay(width, detail="Each person waits thirty seconds between two messages here")
            with self.subTest(width=width):
                for label in (self.parts.text, self.parts.detail):
                    self.assertGreaterEqual(label.winfo_width(), label.winfo_reqwidth())
