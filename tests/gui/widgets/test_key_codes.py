"""Shortcuts on other layouts than a US one, and with Caps Lock."""

from __future__ import annotations

import tkinter as tk
import unittest

from chatapp.gui.widgets import editing_keys, shortcuts
from chatapp.gui.widgets.dialog import Field
from chatapp.gui.widgets.key_codes import pressed
from tests.gui.base import WindowTest

SHIFT, CAPS, CONTROL, MOD1 = 0x1, 0x2, 0x4, 0x8
L, S, C, V, X, A, Z = 46, 39, 54, 55, 53, 38, 52  # key codes of X11


def key(keysym: str, keycode: int, state: int = CONTROL, widget: tk.Misc | None = None) -> tk.Event[tk.Misc]:
    """The event of a key that is pressed with Control."""
    event: tk.Event[tk.Misc] = tk.Event()
    event.keysym, event.keycode, event.state = keysym, keycode, state
    if widget is not None:
        event.widget = widget
    return event


class PressedTest(unittest.TestCase):
    def test_a_latin_letter_is_meant_wherever_it_stands(self) -> None:
        for layout, keysym, keycode, found in (
            ("US", "k", 45, "k"),
            ("French: a stands where the US has q", "a", 24, "a"),
            ("Dvorak: k stands where the US has v", "k", 55, "k"),
            ("Dvorak: a period where the US has e", "period", 26, "period"),
        ):
            with self.subTest(layout):
                self.assertEqual(pressed(key(keysym, keycode), "linux"), found)

    def test_a_layout_without_latin_letters_means_the_place(self) -> None:
        for layout, keysym, keycode, found in (
            ("Russian", "Cyrillic_el", 45, "k"),
            ("Greek", "Greek_kappa", 45, "k"),
            ("Hebrew", "hebrew_lamed", 45, "k"),
            ("Arabic", "Arabic_noon", 45, "k"),
            ("Thai", "Thai_saraaa", 45, "k"),
            ("Hindi", "U0915", 45, "k"),
            ("a key that Tk has no name for", "??", 45, "k"),
            ("Russian", "period", 61, "slash"),
            ("Arabic", "Arabic_zah", 61, "slash"),
        ):
            with self.subTest(layout):
                self.assertEqual(pressed(key(keysym, keycode), "linux"), found)

    def test_digits_are_meant_by_the_place(self) -> None:
        for layout, keysym, state, found in (
            ("US", "1", CONTROL, "1"),
            ("French", "ampersand", CONTROL, "1"),
            ("French with Shift", "1", CONTROL | SHIFT, "1"),
            ("Czech", "plus", CONTROL, "1"),
            ("Arabic", "Arabic_1", CONTROL, "1"),
            ("US with Shift writes a character", "exclam", CONTROL | SHIFT, "exclam"),
        ):
            with self.subTest(layout):
                self.assertEqual(pressed(key(keysym, 10, state), "linux"), found)

    def test_caps_lock_changes_nothing_and_shift_is_told(self) -> None:
        self.assertEqual(pressed(key("K", 45, CONTROL | CAPS), "linux"), "k")
        self.assertEqual(pressed(key("K", 45, CONTROL | SHIFT), "linux"), "Shift-k")
        self.assertEqual(pressed(key("Cyrillic_EL", 45, CONTROL | CAPS), "linux"), "k")
        self.assertEqual(pressed(key("Cyrillic_YA", 52, CONTROL | SHIFT), "linux"), "Shift-z")

    def test_signs_keep_their_names(self) -> None:
        for keysym, keycode in (("plus", 21), ("equal", 21), ("minus", 20), ("slash", 61), ("KP_Add", 86)):
            with self.subTest(keysym):
                self.assertEqual(pressed(key(keysym, keycode), "linux"), keysym)

    def test_with_alt_too_a_key_writes_a_character(self) -> None:
        self.assertEqual(pressed(key("k", 45, CONTROL | MOD1), "linux"), "")
        self.assertEqual(pressed(key("at", 0x51, CONTROL | 0x20000), "win32"), "")

    def test_windows_and_macos_have_codes_of_their_own(self) -> None:
        for system, keycode, state, found in (
            ("win32", ord("K"), CONTROL, "k"),
            ("win32", ord("1"), CONTROL, "1"),
            ("win32", 0xBF, CONTROL, "slash"),
            ("darwin", 40 << 24 | 0x43B, MOD1, "k"),
            ("darwin", 18 << 24 | ord("&"), MOD1, "1"),
        ):
            with self.subTest(system, keycode=keycode):
                self.assertEqual(pressed(key("Cyrillic_el", keycode, state), system), found)


class ShortcutTest(WindowTest):
    def test_a_shortcut_acts_on_a_russian_layout_and_with_caps_lock(self) -> None:
        done: list[str] = []
        actions = {
            name: (lambda event, name=name: done.append(name))
            for each in shortcuts.SHORTCUTS
            for name in each.events.values()
        }
        commands = shortcuts.bind(self.root, actions)
        for event in (key("Cyrillic_el", 45), key("K", 45, CONTROL | CAPS), key("ampersand", 10)):
            commands(event)
        self.assertEqual(done, ["jump", "jump", "nth"])
        self.focus(self.root)
        self.root.event_generate("<Control-KeyPress>", keycode=45)
        self.root.event_generate("<Control-Lock-KeyPress>", keycode=45)
        self.assertEqual(done[3:], ["jump", "jump"])


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
        editing_keys._on_command_key(key(keysym, keycode, CONTROL, field))
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
                self.assertEqual(self.root.clipboard_get().rstrip(), "words")  # a Text adds its last line end
                self.press_russian(field, "Cyrillic_che", X)
                self.assertEqual(self.content(field), "")
                self.press_russian(field, "Cyrillic_em", V)
                self.assertEqual(self.content(field).rstrip(), "words")
                self.root.clipboard_clear()

    def test_what_was_done_is_undone(self) -> None:
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
                self.assertEqual(self.login_for_next_time(field), ["Select all"])
                editing_keys.menu(self.theme, field).invoke("Select all")
                self.assertEqual(self.login_for_next_time(field), ["Cut", "Copy", "Select all"])
                editing_keys.menu(self.theme, field).invoke("Cut")
                self.assertEqual((self.content(field), self.root.clipboard_get().rstrip()), ("", "words"))
                self.assertEqual(self.login_for_next_time(field), ["Paste", "Select all"])
                editing_keys.menu(self.theme, field).invoke("Paste")
                self.assertEqual(self.content(field).rstrip(), "words")

    def login_for_next_time(self, field: tk.Misc) -> list[str]:
        """The lines of the menu."""
        menu = editing_keys.menu(self.theme, field)
        lines = range((menu.index("end") or 0) + 1)
        return [str(menu.entrycget(at, "label")) for at in lines]

    def test_a_right_click_opens_it_and_the_field_has_the_keyboard_afterwards(self) -> None:
        for field in self.fields():
            with self.subTest(field.winfo_class()):
                self.focus(self.root)
                field.event_generate("<Button-3>", x=5, y=5)
                self.settle()
                (menu,) = [each for each in field.winfo_children() if isinstance(each, tk.Menu)]
                self.assertTrue(menu.winfo_ismapped())
                self.root.tk.call("tk::MenuUnpost", menu)
                self.assertIs(self.root.focus_lastfor(), field)

    def test_a_password_is_not_copied(self) -> None:
        secret = Field(self.root, self.theme, "Password", show="•").entry
        secret.insert(0, "tiger")
        secret.select_range(0, "end")
        self.assertNotIn("Copy", self.login_for_next_time(secret))

    def test_a_text_that_is_only_read_has_none(self) -> None:
        self.text.configure(state="disabled")
        self.text.event_generate("<Button-3>", x=5, y=5)
        self.settle()
        self.assertEqual(self.text.winfo_children(), [])
