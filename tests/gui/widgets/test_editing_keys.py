"""Cut, copy, paste in every kind of field."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets import editing_keys
from chatapp.gui.widgets.dialog import Field
from chatapp.gui.widgets.icon_menu import IconMenu
from tests.gui.base import WindowTest
from tests.gui.widgets.key_events import CONTROL, key_event

S, C, V, X, A, Z = 39, 54, 55, 53, 38, 52  # key codes of X11


class EditingTest(WindowTest):
    """Cut, copy, paste in every kind of field: by keys of a Russian layout, and by the menu."""

    def setUp(self) -> None:
        super().setUp()
        editing_keys.bind(self.root, self.theme)
        self.text = tk.Text(self.root, undo=True, height=3)
        self.entry = Field(self.root, self.theme, "Name").entry
        self.box = Field(self.root, self.theme, "Server", values=["one"]).entry
        self.plain = tk.Entry(self.root)
        for widget in (self.text, self.entry.master, self.box.master, self.plain):
            assert isinstance(widget, tk.Widget)
            widget.pack()
        self.settle()

    def content(self, field: tk.Misc) -> str:
        return field.get("1.0", "end-1c") if isinstance(field, tk.Text) else str(field.tk.call(field, "get"))

    def press_russian(self, field: tk.Misc, keysym: str, keycode: int) -> None:
        editing_keys._on_command_key(self.root, key_event(keysym, keycode, CONTROL, field))
        self.settle()

    def fields(self) -> tuple[tk.Misc, ...]:
        return self.text, self.entry, self.box, self.plain

    def test_the_keys_of_a_russian_layout_copy_cut_and_paste(self) -> None:
        for field in self.fields():
            with self.subTest(field.winfo_class()):
                self.focus(field)
                field.tk.call(field, "insert", "insert", "words")
                self.press_russian(field, "Cyrillic_ef", A)
                self.press_russian(field, "Cyrillic_es", C)
                self.assertEqual(self.root.clipboard_get().rstrip(), "words")  # a Text adds a line end
                self.press_russian(field, "Cyrillic_che", X)
                self.assertEqual(self.content(field), "")
                self.press_russian(field, "Cyrillic_em", V)
                self.assertEqual(self.content(field).rstrip(), "words")
                self.root.clipboard_clear()

    def test_undo_works(self) -> None:
        self.focus(self.text)
        self.text.insert("1.0", "words")
        self.press_russian(self.text, "Cyrillic_ya", Z)
        self.assertEqual(self.content(self.text), "")

    def test_a_latin_key_acts_once(self) -> None:
        self.focus(self.text)
        self.root.clipboard_clear()
        self.root.clipboard_append("once")
        self.press(self.text, "<Control-v>")
        self.assertEqual(self.content(self.text), "once")

    def test_every_field_has_a_menu_that_cuts_copies_and_pastes(self) -> None:
        for field in self.fields():
            with self.subTest(field.winfo_class()):
                self.focus(field)
                self.root.clipboard_clear()
                field.tk.call(field, "insert", "insert", "words")
                self.assertEqual(self.menu_labels(field), ["Select all"])
                self.choose(field, "Select all")
                self.assertEqual(self.menu_labels(field), ["Cut", "Copy", "Select all"])
                self.choose(field, "Cut")
                self.assertEqual((self.content(field), self.root.clipboard_get().rstrip()), ("", "words"))
                self.assertEqual(self.menu_labels(field), ["Paste", "Select all"])
                self.choose(field, "Paste")
                self.assertEqual(self.content(field).rstrip(), "words")

    def menu_labels(self, field: tk.Misc) -> list[str]:
        """Return the labels of the menu."""
        return [each.label for each in editing_keys.menu_items(field)]

    def choose(self, field: tk.Misc, label: str) -> None:
        """Choose an entry of the menu."""
        next(each for each in editing_keys.menu_items(field) if each.label == label).action()

    def test_a_right_click_opens_it_and_focuses_the_field(self) -> None:
        for field in self.fields():
            with self.subTest(field.winfo_class()):
                self.focus(self.root)
                field.event_generate("<Button-3>", x=5, y=5)
                self.settle()
                (menu,) = [each for each in field.winfo_children() if isinstance(each, IconMenu)]
                self.assertTrue(menu.winfo_ismapped())
                self.assertIn("Select all", [each.label for each in menu.items])
                menu.close()
                self.settle()
                self.assertIs(self.root.focus_lastfor(), field)

    def test_a_password_is_not_copied(self) -> None:
        secret = Field(self.root, self.theme, "Password", show="•").entry
        secret.insert(0, "tiger")
        secret.select_range(0, "end")
        self.assertNotIn("Copy", self.menu_labels(secret))

    def test_a_read_only_text_has_no_menu(self) -> None:
        self.text.configure(state="disabled")
        self.text.event_generate("<Button-3>", x=5, y=5)
        self.settle()
        self.assertEqual(self.text.winfo_children(), [])
