"""The bar that says what is the matter."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from unittest import mock

from chatapp.gui.widgets import tooltip
from chatapp.gui.widgets.message_bar import Bar, MessageBar
from tests.gui.base import WindowTest

OFFLINE = Bar(
    "wifi-off", "No connection. Next try in 4 s", "Nothing answers on 192.168.1.20", "Try now", "warnbg"
)


class MessageBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.bar = MessageBar(self.root, self.theme, lambda: self.pressed.append("x"))
        self.bar.grid(row=0, column=0, sticky="ew")
        self.root.columnconfigure(0, weight=1)
        self.bar.show(OFFLINE)
        self.settle()

    def labels(self) -> list[ttk.Label]:
        """Return the labels with text that are visible."""
        found = [each for each in self.bar.winfo_children() if isinstance(each, ttk.Label)]
        return [each for each in found if each.winfo_viewable() and each.cget("text")]

    def texts(self) -> list[str]:
        return [str(each.cget("text")) for each in self.labels()]

    def test_it_shows_a_sentence_a_reason_and_a_button(self) -> None:
        self.assertEqual(self.texts(), [OFFLINE.text, OFFLINE.reason])
        self.bar.button.invoke()
        self.assertEqual(self.pressed, ["x"])
        self.assertEqual(self.bar.winfo_height(), self.theme.px(52))

    def test_it_is_lower_without_a_reason_and_has_no_button_without_a_label(self) -> None:
        self.bar.show(Bar("clock", "You are reading older messages."))
        self.settle()
        self.assertEqual(self.texts(), ["You are reading older messages."])
        self.assertEqual(self.bar.winfo_height(), self.theme.px(40))
        self.assertFalse(self.bar.button.winfo_viewable())

    def test_it_hides_itself_and_comes_back(self) -> None:
        self.bar.show(None)
        self.settle()
        self.assertFalse(self.bar.winfo_viewable())
        self.bar.show(OFFLINE)
        self.settle()
        self.assertTrue(self.bar.winfo_viewable())

    def test_every_part_stays_inside_in_a_narrow_window_with_large_text(self) -> None:
        for size in (11, 24):
            self.theme.zoom(size)
            self.size(320, 700)
            self.settle()
            button = self.bar.button
            with self.subTest(size=size):
                self.assertLessEqual(button.winfo_x() + button.winfo_width(), self.bar.winfo_width())
                self.assertLess(button.winfo_y() + button.winfo_height(), self.bar.winfo_height())
                self.assertEqual(" ".join(self.texts()[1].split()), OFFLINE.reason)
                for label in self.labels():
                    beside = label.winfo_x() + label.winfo_width() <= button.winfo_x()
                    above = label.winfo_y() + label.winfo_height() <= button.winfo_y()
                    self.assertTrue(beside or above)
                    self.assertLessEqual(label.winfo_x() + label.winfo_reqwidth(), self.bar.winfo_width())
                    self.assertGreaterEqual(label.winfo_height(), label.winfo_reqheight())
                    self.assertLessEqual(label.winfo_y() + label.winfo_height(), self.bar.winfo_height())

    def test_the_button_is_below_a_sentence_that_would_be_cut_off_beside_it(self) -> None:
        self.bar.show(Bar("info", "A sentence of some length", button="A button with a long label"))
        self.size(320, 300)
        self.settle()
        self.assertEqual(self.texts(), ["A sentence of some length"])
        (text,) = self.labels()
        self.assertGreaterEqual(self.bar.button.winfo_y(), text.winfo_y() + text.winfo_height())
        self.size(800, 300)
        self.settle()
        self.assertGreater(self.bar.button.winfo_x(), text.winfo_x() + text.winfo_width())
        self.assertEqual(self.bar.winfo_height(), self.theme.px(40))

    def test_a_low_window_with_large_text_shows_no_reason(self) -> None:
        self.theme.zoom(24)
        self.size(520, 360)
        self.settle()
        self.assertEqual(" ".join(self.texts()[0].split()), OFFLINE.text)
        self.assertEqual(len(self.labels()), 1)

    def test_a_shortened_line_is_whole_in_its_tooltip(self) -> None:
        long = Bar("wifi-off", "No connection", "Nothing answers. " * 20, "Try now", "warnbg")
        self.bar.show(long)
        self.size(320, 300)
        self.settle()
        (_, reason) = self.labels()
        with mock.patch.object(tooltip, "DELAY", 1):
            reason.event_generate("<Enter>")
            self.until(lambda: any(isinstance(each, tk.Toplevel) for each in reason.winfo_children()))
        (window,) = reason.winfo_children()
        self.assertEqual([str(each.cget("text")) for each in window.winfo_children()], [long.reason])

    def test_a_sentence_that_is_too_wide_takes_a_second_line(self) -> None:
        self.size(320, 300)
        self.settle()
        self.assertEqual(" ".join(self.texts()[0].split()), OFFLINE.text)
        self.assertIn("\n", self.texts()[0])
        self.assertGreater(self.bar.winfo_height(), self.theme.px(52))
        self.size(800, 300)
        self.settle()
        self.assertEqual(self.texts()[0], OFFLINE.text)
        self.assertEqual(self.bar.winfo_height(), self.theme.px(52))

    def test_it_has_the_colours_of_its_surface_in_every_theme(self) -> None:
        style = ttk.Style(self.root)
        for name in ("light", "contrast", "dark"):
            self.theme.use(name)
            for surface in ("notice", "warnbg", "dangerbg", "okbg"):
                self.bar.show(
                    Bar("info", "Text", "Reason", "Do it", surface, is_primary=True, button_icon="down")
                )
                for label in self.labels():
                    found = style.lookup(str(label.cget("style")), "background")
                    self.assertEqual(found, self.theme.colours.role(surface))
