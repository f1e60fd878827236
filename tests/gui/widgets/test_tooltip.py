"""The text that opens beside a resting pointer."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from unittest import mock

from chatapp.gui.widgets import tooltip
from chatapp.gui.widgets.tooltip import Tooltip
from tests.gui.base import WindowTest


class TooltipTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        no_delay = mock.patch.object(tooltip, "DELAY", 1)
        no_delay.start()
        self.addCleanup(no_delay.stop)
        self.label = ttk.Label(self.root, text="here")
        self.label.pack()
        self.settle()

    def texts(self) -> list[str]:
        """Return the texts of the open tooltips."""
        windows = [each for each in self.label.winfo_children() if isinstance(each, tk.Toplevel)]
        return [str(label.cget("text")) for each in windows for label in each.winfo_children()]

    def test_it_opens_when_the_pointer_rests_and_closes_when_it_leaves(self) -> None:
        Tooltip(self.label, self.theme, "Copy an invite link")
        self.label.event_generate("<Enter>")
        self.until(lambda: self.texts() == ["Copy an invite link"])
        self.label.event_generate("<Leave>")
        self.assertEqual(self.texts(), [])

    def test_a_widget_that_moves_under_a_resting_pointer_opens_none(self) -> None:
        tip = Tooltip(self.label, self.theme, "Copy an invite link")
        x, y = self.root.winfo_pointerxy()
        self.root.tk.call("set", tooltip.LAST_MOTION, f"{x} {y}")
        self.label.event_generate("<Enter>")
        self.assertEqual(tip._timer, "")
        self.root.tk.call("set", tooltip.LAST_MOTION, f"{x + 9} {y}")
        self.label.event_generate("<Enter>")
        self.until(lambda: self.texts() == ["Copy an invite link"])

    def test_the_place_of_the_pointer_is_noted(self) -> None:
        Tooltip(self.label, self.theme)
        self.label.event_generate("<Motion>", rootx=31, rooty=42)
        self.assertEqual(self.root.tk.call("set", tooltip.LAST_MOTION), "31 42")

    def test_it_opens_above_a_place_in_the_widget(self) -> None:
        self.label.pack_configure(pady=(200, 0))
        self.settle()
        tip = Tooltip(self.label, self.theme)
        tip.show("Reply", "R", above=(10, 0))
        self.until(lambda: self.texts() == ["Reply", "R"])
        (window,) = (each for each in self.label.winfo_children() if isinstance(each, tk.Toplevel))
        self.until(lambda: window.winfo_height() > 1)
        self.assertLess(window.winfo_rooty() + window.winfo_height(), self.label.winfo_rooty())

    def test_a_click_closes_it(self) -> None:
        tip = Tooltip(self.label, self.theme)
        tip.show("text")
        self.until(lambda: self.texts() == ["text"])
        self.label.event_generate("<Button-1>")
        self.assertEqual(self.texts(), [])

    def test_it_does_not_open_if_hidden_before_its_delay(self) -> None:
        tip = Tooltip(self.label, self.theme)
        tip.show("first")
        tip.hide()
        tip.show("second")
        self.until(lambda: bool(self.texts()))
        self.assertEqual(self.texts(), ["second"])

    def test_without_text_it_closes(self) -> None:
        tip = Tooltip(self.label, self.theme)
        tip.show("text")
        self.until(lambda: bool(self.texts()))
        tip.show("")
        self.assertEqual(self.texts(), [])

    def test_it_stays_on_the_screen(self) -> None:
        right, bottom = self.root.winfo_screenwidth() - 1, self.root.winfo_screenheight() - 1
        tip = Tooltip(self.label, self.theme)
        with mock.patch.object(ttk.Label, "winfo_pointerxy", return_value=(right, bottom)):
            tip.show("a text of several words")
            self.until(lambda: bool(self.texts()))
        (window,) = [each for each in self.label.winfo_children() if isinstance(each, tk.Toplevel)]
        self.settle()
        self.assertLessEqual(window.winfo_rootx() + window.winfo_width(), right + 1)
        self.assertLessEqual(window.winfo_rooty() + window.winfo_height(), bottom + 1)
