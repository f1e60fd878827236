"""A frame that scrolls."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.scrolled import Scrolled
from tests.gui.base import WindowTest


class ScrolledTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.scrolled = Scrolled(self.root, self.theme)
        self.entries = [ttk.Entry(self.scrolled.body) for _ in range(20)]
        for entry in self.entries:
            entry.pack(pady=10)

    def is_in_sight(self, entry: ttk.Entry) -> bool:
        top = entry.winfo_rooty() - self.scrolled.winfo_rooty()
        return top >= 0 and top + entry.winfo_height() <= self.scrolled.winfo_height()

    def test_it_is_as_high_as_its_content_if_there_is_room(self) -> None:
        self.scrolled.fit(5000)
        self.scrolled.pack()
        self.settle()
        self.assertEqual(self.scrolled.winfo_reqheight(), self.scrolled.body.winfo_reqheight())

    def test_what_gets_the_focus_comes_into_sight(self) -> None:
        self.scrolled.fit(200)
        self.scrolled.pack()
        self.settle()
        self.assertEqual(self.scrolled.winfo_height(), 200)
        self.assertFalse(self.is_in_sight(self.entries[-1]))
        self.focus(self.entries[-1])
        self.assertTrue(self.is_in_sight(self.entries[-1]))
        self.focus(self.entries[0])
        self.assertTrue(self.is_in_sight(self.entries[0]))

    def test_a_high_frame_with_the_focus_inside_does_not_move(self) -> None:
        frame = ttk.Frame(self.scrolled.body, height=600)
        entry = ttk.Entry(frame)
        entry.place(x=0, y=0)
        frame.pack(fill="x", before=self.entries[1])
        self.focus(self.root)
        self.scrolled.fit(200)
        self.scrolled.pack()
        self.settle()
        top = frame.winfo_rooty()
        self.focus(entry)
        frame.event_generate("<FocusIn>")  # as frames get it around what gets the focus
        self.settle()
        self.assertEqual(top, frame.winfo_rooty())
