"""A field that shows a hint while it is empty."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.hint_entry import HintEntry
from tests.gui.base import WindowTest


class HintEntryTest(WindowTest):
    def test_the_hint_is_there_while_nothing_is_typed(self) -> None:
        entry = HintEntry(self.root, self.theme, "Name")
        entry.pack()
        self.settle()
        (label,) = entry.winfo_children()
        self.assertTrue(label.winfo_ismapped())
        entry.insert(0, "a")
        self.settle()
        self.assertFalse(label.winfo_ismapped())
        entry.clear()
        self.settle()
        self.assertTrue(label.winfo_ismapped())

    def test_a_hint_without_room_is_shortened(self) -> None:
        entry = HintEntry(self.root, self.theme, "Find a person in this channel")
        entry.place(width=self.theme.px(120))
        self.settle()
        (label,) = entry.winfo_children()
        self.assertTrue(str(label.cget("text")).endswith("…"))
        self.assertLessEqual(label.winfo_x() + label.winfo_reqwidth(), entry.winfo_width())
        entry.place(width=self.theme.px(500))
        self.settle()
        self.assertEqual(label.cget("text"), "Find a person in this channel")

    def stored_entry(self) -> tuple[HintEntry, tk.Toplevel]:
        window = tk.Toplevel(self.root)
        self.addCleanup(window.destroy)
        entry = HintEntry(window, self.theme, stored=lambda: self.stored)
        entry.pack()
        entry.put(self.stored)
        self.focus(entry)
        return entry, window

    def test_escape_restores_what_was_stored_when_the_field_got_the_keyboard_then_leaves_it(self) -> None:
        self.stored = "urgent"
        entry, window = self.stored_entry()
        entry.insert("end", ", exam")
        self.stored = entry.get()
        self.press(entry, "<Escape>")
        self.assertEqual(entry.get(), "urgent")
        self.assertEqual(window.focus_lastfor(), entry)
        self.press(entry, "<Escape>")
        self.assertEqual((entry.get(), window.focus_lastfor()), ("urgent", window))

    def test_escape_restores_the_text_that_was_taken_over_last(self) -> None:
        self.stored = "at home"
        entry, _ = self.stored_entry()
        entry.put("at work")
        entry.keep(entry.get())
        entry.put("at")
        self.press(entry, "<Escape>")
        self.assertEqual(entry.get(), "at work")

    def test_escape_clears_a_field_that_stores_nothing(self) -> None:
        entry = HintEntry(self.root, self.theme)
        entry.pack()
        self.focus(entry)
        entry.insert(0, "a")
        self.press(entry, "<Escape>")
        self.assertEqual(entry.get(), "")

    def test_the_change_handler_sees_the_new_text(self) -> None:
        seen: list[tuple[str, str]] = []
        entry = HintEntry(self.root, self.theme, on_change=lambda text: seen.append((text, entry.get())))
        entry.insert(0, "a")
        entry.clear()
        self.assertEqual(seen, [("a", "a"), ("", "")])
