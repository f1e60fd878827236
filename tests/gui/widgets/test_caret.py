"""The caret moves and deletes by grapheme clusters."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.widgets import caret
from tests.gui.base import WindowTest

FAMILY = "👨\u200d👩\u200d👧"
SIGNS = (FAMILY, "🇩🇪", "1\ufe0f\u20e3", "👋🏽", "e\u0301", "क्षि", "ที่", "\u1112\u1161\u11ab", "😀")


class CaretTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        caret.bind(self.root)
        self.text, self.entry = tk.Text(self.root, undo=True), ttk.Entry(self.root)
        for field in (self.text, self.entry):
            field.pack()

    def after(self, field: tk.Text | ttk.Entry, text: str, *events: str) -> str:
        """Return the content of a field after some keys; `|` marks the caret."""
        head, _, tail = text.partition("|")
        self.focus(field)
        field.delete("1.0" if isinstance(field, tk.Text) else 0, "end")
        field.insert("insert", tail)
        if isinstance(field, tk.Text):
            field.mark_set("insert", "1.0")
        else:
            field.icursor(0)
        field.insert("insert", head)
        self.press(field, *events)
        field.insert("insert", "|")
        return field.get("1.0", "end-1c") if isinstance(field, tk.Text) else field.get()

    def check(self, text: str, expected: str, *events: str) -> None:
        for field in (self.text, self.entry):
            with self.subTest(ascii(text), events=events, field=field.winfo_class()):
                self.assertEqual(expected, self.after(field, text, *events))

    def test_the_arrow_keys_move_by_one_character(self) -> None:
        for sign in SIGNS:
            self.check(f"a{sign}|b", f"a|{sign}b", "<Left>")
            self.check(f"a|{sign}b", f"a{sign}|b", "<Right>")

    def test_backspace_and_delete_remove_one_character(self) -> None:
        for sign in SIGNS:
            self.check(f"😀{sign}|b", "😀|b", "<BackSpace>")
            self.check(f"😀{sign}|b", "😀|b", "<Control-h>")
            self.check(f"😀|{sign}b", "😀|b", "<Delete>")
            self.check(f"😀|{sign}b", "😀|b", "<Control-d>")

    def test_shift_and_the_arrows_select_one_character(self) -> None:
        for sign in SIGNS:
            self.check(f"a{sign}{sign}|b", f"a{sign}|b", "<Shift-Left>", "<BackSpace>")
            self.check(f"a|{sign}{sign}b", "a|b", "<Shift-Right>", "<Shift-Right>", "<Delete>")
            back_and_forth = ("<Shift-Left>", "<Shift-Left>", "<Shift-Right>", "<Delete>")
            self.check(f"a{sign}{sign}|b", f"a{sign}|b", *back_and_forth)

    def test_control_moves_by_words(self) -> None:
        for text, events, expected in (
            ("हिन्दी भाषा|", ("<Control-Left>",), "हिन्दी |भाषा"),
            ("|हिन्दी भाषा", ("<Control-Right>",), "हिन्दी| भाषा"),
            ("one 😀 two|", ("<Control-BackSpace>",), "one 😀 |"),
            (f"one {FAMILY}|", ("<Control-BackSpace>",), "one |"),
            ("😀 |two three", ("<Control-Delete>",), "😀 | three"),
            ("one two|", ("<Control-Shift-Left>", "<BackSpace>"), "one |"),
        ):
            self.check(text, expected, *events)

    def test_at_the_ends_nothing_is_deleted(self) -> None:
        for event in ("<BackSpace>", "<Control-BackSpace>", "<Left>"):
            self.check("|ab", "|ab", event)
        for event in ("<Delete>", "<Control-Delete>", "<Right>"):
            self.check("ab|", "ab|", event)

    def test_lines_are_joined(self) -> None:
        self.assertEqual("a|b", self.after(self.text, "a\n|b", "<BackSpace>"))
        self.assertEqual("a|b", self.after(self.text, "a|\nb", "<Delete>"))
        self.assertEqual("a|\nb", self.after(self.text, "a\n|b", "<Left>"))

    def test_undo_restores_deleted_text(self) -> None:
        self.text.edit_reset()
        self.assertEqual(f"a{FAMILY}|", self.after(self.text, f"a{FAMILY}|", "<BackSpace>", "<<Undo>>"))

    def test_a_selection_is_deleted_completely(self) -> None:
        self.after(self.text, f"a{FAMILY}b|")
        self.text.delete("insert -1c")
        self.text.tag_add("sel", "1.0", "end-1c")
        self.press(self.text, "<Control-BackSpace>")
        self.assertEqual("", self.text.get("1.0", "end-1c"))
