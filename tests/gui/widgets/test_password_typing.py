"""The rest of a password goes into no other field."""

from __future__ import annotations

import tkinter as tk
from unittest import mock

from chatapp.gui.widgets import password_typing
from chatapp.gui.widgets.password_field import PasswordField
from chatapp.gui.widgets.password_typing import PasswordTyping
from tests.gui.base import WindowTest
from tests.gui.window_case import WindowCase

FOR_EVER, AT_ONCE = 3_600_000, 1  # milliseconds


class PasswordTypingTest(WindowTest):
    NEW_ROOT = True

    def setUp(self) -> None:
        super().setUp()
        self.pause(FOR_EVER)
        PasswordTyping(self.root)
        self.field = PasswordField(self.root, self.theme, "Password")
        self.field.pack(fill="x")
        self.other = tk.Entry(self.root)
        self.other.pack()
        self.focus(self.field.entry)

    def pause(self, milliseconds: int) -> None:
        self.enterContext(mock.patch.object(password_typing, "PAUSE", milliseconds))

    def type(self, *keys: str) -> None:
        """Press keys, wherever the keyboard is."""
        for key in keys:
            self.press(self.root, f"<{key}>" if "-" in key else f"<KeyPress-{key}>")

    def lose_field(self) -> None:
        """Hide the field and give the keyboard to the other one, as a page does that takes its place."""
        self.field.pack_forget()
        self.other.focus_set()
        self.settle()

    def test_keys_go_nowhere_after_the_field_has_disappeared(self) -> None:
        for way in ("hidden", "destroyed"):
            with self.subTest(way):
                field = PasswordField(self.root, self.theme, "Password")
                field.pack(fill="x")
                self.focus(field.entry)
                self.type("s", "e")
                self.assertEqual("se", field.value)
                field.pack_forget() if way == "hidden" else field.destroy()
                self.other.focus_set()
                self.settle()
                self.type("c", "r", "space")
                self.assertEqual("", self.other.get())
                self.type("Return")

    def test_nothing_is_left_to_do_once_the_window_is_destroyed(self) -> None:
        self.type("s")
        waiting = set(self.root.tk.splitlist(self.root.tk.call("after", "info")))
        [nowhere] = [each for each in self.root.winfo_children() if type(each) is tk.Frame]
        nowhere.destroy()
        ended = waiting - set(self.root.tk.splitlist(self.root.tk.call("after", "info")))
        self.assertEqual(1, len(ended))

    def test_a_key_that_ends_a_password_gives_the_keyboard_away_and_does_nothing_else(self) -> None:
        pressed: list[str] = []
        self.other.bind("<Key>", lambda event: pressed.append(event.keysym))
        for key in ("Return", "KP_Enter", "Escape", "Tab"):
            with self.subTest(key):
                self.field.pack(fill="x")
                self.focus(self.field.entry)
                self.type("s")
                self.lose_field()
                pressed.clear()
                self.type("e", key)
                self.assertEqual([], pressed)
                self.assertIs(self.other, self.root.focus_get())
                self.type("x")
                self.assertEqual(["x"], pressed)

    def test_a_click_ends_it(self) -> None:
        self.type("s")
        self.lose_field()
        self.press(self.other, "<Button-1>", "<ButtonRelease-1>")
        self.type("h", "i")
        self.assertEqual("hi", self.other.get())

    def test_a_pause_ends_it(self) -> None:
        self.type("s")
        self.lose_field()
        self.pause(AT_ONCE)
        self.type("e")
        self.until(lambda: self.root.focus_get() is self.other)
        self.type("h", "i")
        self.assertEqual("hi", self.other.get())

    def test_who_has_finished_the_password_writes_at_once(self) -> None:
        for key in ("Return", "Escape", "Control-KeyPress-k", "Alt-KeyPress-Down", "F6"):
            with self.subTest(key):
                self.other.delete(0, "end")
                self.field.pack(fill="x")
                self.focus(self.field.entry)
                self.type("s", "BackSpace", key)
                self.lose_field()
                self.type("h", "i")
                self.assertEqual("hi", self.other.get())

    def test_a_field_that_is_still_there_gets_the_keyboard_back(self) -> None:
        self.type("s")
        self.other.focus_set()
        self.settle()
        self.type("e")
        self.assertEqual(("se", ""), (self.field.value, self.other.get()))

    def test_tab_leads_to_the_next_field(self) -> None:
        self.type("s")
        self.press(self.field.entry, "<Tab>")
        self.assertIs(self.other, self.root.focus_get())

    def test_if_the_next_widget_disappears_too_the_window_has_the_keyboard(self) -> None:
        self.type("s")
        self.lose_field()
        self.other.destroy()
        self.type("Return")
        self.assertIs(self.root, self.root.focus_get())


class InTheWindow(WindowCase):
    def test_nothing_of_a_password_comes_into_the_composer_when_the_user_is_removed_from_the_channel(
        self,
    ) -> None:
        self.enterContext(mock.patch.object(password_typing, "PAUSE", FOR_EVER))
        self.enter()
        field = PasswordField(self.window.pane.header, self.theme, "Password")
        field.grid()
        self.focus(field.entry)
        self.press(self.root, "<KeyPress-s>")
        self.server.send(":ben!b@h KICK #general ana :go")
        self.until(lambda: self.conversation("#general").removal is not None)
        field.destroy()
        self.settle()
        self.press(self.root, "<KeyPress-e>", "<KeyPress-c>", "<KeyPress-Return>")
        self.assertEqual("", self.window.pane.composer.field.get("1.0", "end-1c"))


if __name__ == "__main__":
    import unittest

    unittest.main()
