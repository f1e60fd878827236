"""The form that protects the name before a change that needs an account."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.account_password import AGAIN, CODE, NEW, NO_CODE
from chatapp.gui.settings.account_texts import DIFFERENT, EMPTY
from chatapp.gui.settings.server_protect import ProtectFirst
from tests.gui.base import WindowTest


class ProtectFirstTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[tuple[str, str]] = []
        self.form = ProtectFirst(self.root, self.theme, lambda *words: self.done.append(words))
        self.form.ask(0)
        self.settle()

    def type(self, **values: str) -> None:
        for key, text in values.items():
            self.form.fields[key].value = text
        self.form.button.invoke()

    def test_two_equal_passwords_are_needed(self) -> None:
        for new, again, problem in (("", "", EMPTY), ("one", "two", DIFFERENT)):
            self.type(**{NEW: new, AGAIN: again})
            shown = [field.error for field in self.form.fields.values()]
            self.assertIn(problem, shown)
        self.type(**{NEW: "open sesame", AGAIN: "open sesame"})
        self.assertEqual(self.done, [("open sesame", "")])
        self.assertTrue(self.form.is_busy)

    def test_an_invite_code_is_asked_for_when_the_server_wants_it(self) -> None:
        self.assertFalse(self.form.fields[CODE].winfo_manager())
        self.form.ask_for_code("Enter your invite code.")
        self.type(**{NEW: "open sesame", AGAIN: "open sesame", CODE: ""})
        self.assertEqual(self.form.fields[CODE].error, NO_CODE)
        self.type(**{CODE: "k7qx-29fm"})
        self.assertEqual(self.done, [("open sesame", "k7qx-29fm")])

    def test_what_was_typed_is_forgotten(self) -> None:
        self.form.fields[NEW].value = "open sesame"
        self.form.cancel.invoke()
        self.assertEqual((self.form.fields[NEW].value, self.form.winfo_manager()), ("", ""))


if __name__ == "__main__":
    unittest.main()
