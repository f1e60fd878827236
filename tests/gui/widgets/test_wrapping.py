"""Wrapping a label."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.wrapping import LEAST, wrap_at
from tests.gui.base import WindowTest


class Wrapping(WindowTest):
    def test_a_frame_without_a_width_changes_nothing_and_a_narrow_one_has_a_least_width(self) -> None:
        label = ttk.Label(self.root, text="word " * 20, wraplength=300)
        for width, expected in ((1, 300), (-40, 300), (20, LEAST), (500, 500)):
            wrap_at(label, width)
            self.assertEqual(int(str(label.cget("wraplength"))), expected)
