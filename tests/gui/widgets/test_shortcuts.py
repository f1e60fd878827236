"""The table of shortcuts, and its keys."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.widgets import shortcuts
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.gui.widgets.platform_events import COMMAND
from chatapp.gui.widgets.popup import Popup
from tests.gui.base import WindowTest
from tests.gui.widgets.key_events import CAPS, CONTROL, key_event


class ShortcutsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        actions = {name: self.action(name) for each in shortcuts.SHORTCUTS for name in each.events.values()}
        shortcuts.bind(self.root, actions)
        self.text = tk.Text(self.root)
        self.text.pack()
        self.settle()

    def action(self, name: str) -> shortcuts.Action:
        return lambda event: self.pressed.append(name)

    def test_every_key_calls_its_action_and_does_not_edit_the_focused_field(self) -> None:
        self.text.insert("1.0", "words")
        self.text.mark_set("insert", "1.2")
        self.focus(self.text)
        for shortcut in shortcuts.SHORTCUTS:
            for event, action in shortcut.events.items():
                event = event.replace(shortcuts.SERVER_KEYS, "<Control-Alt-Key-3>")
                with self.subTest(event=event):
                    self.pressed.clear()
                    self.press(self.text, event.replace("Control", COMMAND))
                    self.assertEqual(self.pressed, [action])
                    self.assertEqual(self.text.get("1.0", "end-1c"), "words")
                    self.assertFalse(self.text.tag_ranges("sel"))

    def test_in_a_card_keys_close_it_before_they_act(self) -> None:
        for event, action in (
            ("<Control-k>", "jump"),
            ("<Control-comma>", "settings"),
            ("<Alt-Up>", "above"),
        ):
            self.pressed.clear()
            card, entry = self.open_card(self.root)
            self.press(entry, event.replace("Control", COMMAND))
            self.assertEqual(self.pressed, [action])
            self.assertFalse(card.winfo_exists())

    def test_in_a_card_keys_that_edit_its_field_stay_there(self) -> None:
        card, entry = self.open_card(self.root)
        self.press(entry, f"<{COMMAND}-Shift-z>", f"<{COMMAND}-a>", "<F6>", "<x>")
        self.assertEqual((self.pressed, entry.get()), ([], "x"))
        card.close()

    def test_a_card_keeps_its_own_keys(self) -> None:
        card, entry = self.open_card(self.root)
        self.press(entry, "<Tab>")
        self.assertIs(self.root.focus_get(), entry)
        self.press(entry, "<Escape>")
        self.assertFalse(card.winfo_exists())

    def test_in_a_card_of_another_window_keys_do_nothing(self) -> None:
        other = tk.Toplevel(self.root)
        card, entry = self.open_card(other)
        self.press(entry, f"<{COMMAND}-k>")
        self.assertEqual(self.pressed, [])
        self.assertTrue(card.winfo_exists())
        other.destroy()

    def test_behind_a_dialog_that_has_to_be_answered_keys_do_not_act(self) -> None:
        dialog = QuestionDialog(self.root, self.theme, "Leave?", "", {"Cancel": lambda: None}, "Cancel")
        self.settle()
        self.focus(self.text)
        self.press(self.text, f"<{COMMAND}-k>", "<Alt-Up>")
        self.assertEqual(self.pressed, [])
        self.assertIs(self.root.focus_get(), dialog.buttons["Cancel"])
        dialog.close()
        self.focus(self.text)
        self.press(self.text, f"<{COMMAND}-k>")
        self.assertEqual(self.pressed, ["jump"])

    def open_card(self, window: tk.Misc) -> tuple[Popup, ttk.Entry]:
        """Open a card with a field."""
        card = Popup(window, self.theme)
        entry = ttk.Entry(card.body)
        entry.pack()
        self.settle()
        card.open(self.text, entry)
        self.focus(entry)
        return card, entry

    def test_control_and_alt_with_another_key_type_a_character(self) -> None:
        self.focus(self.text)
        self.press(self.text, "<Control-Alt-Key-q>")
        self.assertEqual(self.pressed, [])

    def test_another_window_binds_some_of_them(self) -> None:
        top = tk.Toplevel(self.root)
        self.addCleanup(top.destroy)
        shortcuts.bind_some(top, {"larger": self.action("other")})
        self.settle()
        self.focus(top)
        self.press(top, f"<{COMMAND}-plus>", f"<{COMMAND}-k>")
        self.assertEqual(self.pressed, ["other"])

    def test_every_shortcut_is_described(self) -> None:
        listed = [each for part in shortcuts.by_part().values() for each in part]
        self.assertEqual(len(listed), len(shortcuts.SHORTCUTS))
        self.assertTrue(all(each.text and each.shown_keys for each in listed))


class LayoutTest(WindowTest):
    def test_a_shortcut_acts_on_a_russian_layout_and_with_caps_lock(self) -> None:
        done: list[str] = []
        actions = {
            name: (lambda event, name=name: done.append(name))
            for each in shortcuts.SHORTCUTS
            for name in each.events.values()
        }
        commands = shortcuts.bind(self.root, actions)
        for event in (
            key_event("Cyrillic_el", 45),
            key_event("K", 45, CONTROL | CAPS),
            key_event("ampersand", 10),
        ):
            commands(event)
        self.assertEqual(done, ["jump", "jump", "nth"])
        self.focus(self.root)
        self.root.event_generate("<Control-KeyPress>", keycode=45)
        self.root.event_generate("<Control-Lock-KeyPress>", keycode=45)
        self.assertEqual(done[3:], ["jump", "jump"])
