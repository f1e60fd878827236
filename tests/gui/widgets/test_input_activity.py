"""Input of any kind is noticed."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.input_activity import InputActivity
from tests.gui.base import WindowTest


class Activity(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.count = 0
        self.activity = InputActivity(self.root, self.note)
        self.entry = tk.Entry(self.root)
        self.entry.pack()
        self.settle()

    def note(self) -> None:
        self.count += 1

    def test_keys_and_clicks_in_every_window_are_input(self) -> None:
        dialog = tk.Toplevel(self.root)
        other = tk.Entry(dialog)
        other.pack()
        self.settle()
        for widget in (self.entry, other):
            self.focus(widget)
            before = self.count
            widget.event_generate("<KeyPress>", keysym="a")
            widget.event_generate("<ButtonPress-1>", x=1, y=1)
            self.assertEqual(self.count, before + 2)

    def test_a_movement_of_the_mouse_is_input_and_a_resting_mouse_is_not(self) -> None:
        self.root.event_generate("<Motion>", warp=True, x=10, y=10)
        self.settle()
        self.activity.look()
        before = self.count
        self.activity.look()
        self.assertEqual(self.count, before)
        self.root.event_generate("<Motion>", warp=True, x=60, y=40)
        self.settle()
        self.activity.look()
        self.assertEqual(self.count, before + 1)
