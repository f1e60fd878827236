"""A button that shows only an icon."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from unittest import mock

from chatapp.gui.widgets import tooltip
from chatapp.gui.widgets.icon_button import IconButton
from tests.gui.base import WindowTest


class IconButtonTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.clicks: list[str] = []
        self.button = self.make()

    def make(self, style: str = "", size: int = 16) -> IconButton:
        button = IconButton(
            self.root,
            self.theme,
            "search",
            "Search",
            lambda: self.clicks.append("x"),
            style,
            key="Ctrl+F",
            size=size,
        )
        button.pack()
        self.settle()
        return button

    def tips(self) -> list[str]:
        """Return the texts of the open tooltips."""
        windows = [each for each in self.button.winfo_children() if isinstance(each, tk.Toplevel)]
        return [str(label.cget("text")) for each in windows for label in each.winfo_children()]

    def test_it_can_be_hit_in_a_square_of_28_pixels_whatever_the_icon(self) -> None:
        for style in ("", "Chrome.", "Raised.", "Soft", "SoftChrome."):
            for size in (13, 16, 18):
                button = self.make(style, size)
                with self.subTest(style=style, size=size):
                    self.assertGreaterEqual(button.winfo_width(), self.theme.px(28))
                    self.assertGreaterEqual(button.winfo_height(), self.theme.px(28))

    def test_it_is_pressed_by_mouse_and_keyboard(self) -> None:
        self.press(self.button, "<Enter>", "<Button-1>", "<ButtonRelease-1>")
        self.focus(self.button)
        self.press(self.button, "<space>")
        self.assertEqual(self.clicks, ["x", "x"])

    def test_the_tooltip_names_the_key_for_mouse_and_keyboard(self) -> None:
        with mock.patch.object(tooltip, "DELAY", 1):
            for event, end in (("<Enter>", "<Leave>"), ("<<TraverseIn>>", "<FocusOut>")):
                self.button.event_generate(event)
                self.until(lambda: self.tips() == ["Search", "Ctrl+F"])
                self.button.event_generate(end)
                self.assertEqual(self.tips(), [])

    def test_it_can_show_another_icon_and_follows_the_theme(self) -> None:
        before = str(self.button.cget("image"))
        self.button.show("x", "Close")
        other = str(self.button.cget("image"))
        self.theme.use("light")
        self.assertEqual(len({before, other, str(self.button.cget("image"))}), 3)
        self.assertEqual(self.button.tip, "Close")
        self.assertEqual(ttk.Style(self.root).lookup(self.button.cget("style"), "background"), "#ffffff")
