"""Wrapping a label."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.switch import Switch
from chatapp.gui.widgets.wrapping import LEAST, wrap_at, wrap_control
from tests.gui.base import WindowTest


class Wrapping(WindowTest):
    def test_a_frame_without_a_width_changes_nothing_and_a_narrow_one_has_a_least_width(self) -> None:
        label = ttk.Label(self.root, text="word " * 20, wraplength=300)
        for width, expected in ((1, 300), (-40, 300), (20, LEAST), (500, 496)):
            wrap_at(label, width)
            self.assertEqual(int(str(label.cget("wraplength"))), expected)

    def test_the_last_letter_of_a_line_is_not_cut_off(self) -> None:
        label = ttk.Label(self.root, text="Anybody can take your name while you are not connected. " * 3)
        for width in range(300, 330, 3):
            wrap_at(label, width)
            self.assertLessEqual(label.winfo_reqwidth(), width)

    def test_labels_buttons_and_switches_become_as_narrow_as_their_place(self) -> None:
        text = "  Some words that need a lot of room"
        label, switch = ttk.Label(self.root, text=text), Switch(self.root, self.theme, text.strip())
        button = ttk.Button(self.root, text=text, style="Primary.TButton")
        for widget in (label, button, switch):
            with self.subTest(widget=widget.winfo_class()):
                whole = widget.winfo_reqwidth()
                wrap_control(widget, 200)
                self.assertLessEqual(widget.winfo_reqwidth(), 200)
                wrap_control(widget, 0)
                self.assertEqual((widget.winfo_reqwidth(), widget.cget("text")), (whole, text))

    def test_the_buttons_of_a_frame_wrap_and_its_other_parts_stay(self) -> None:
        frame = ttk.Frame(self.root)
        button = ttk.Button(frame, text="Save everything that was written")
        label = ttk.Label(frame, text="Some words that wrap by themselves", wraplength=150)
        wrap_control(frame, 120)
        self.assertLessEqual(button.winfo_reqwidth(), 120)
        self.assertEqual(int(str(label.cget("wraplength"))), 150)
