"""Name, access, sharing and closing on the page "This server"."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.client.model.server_overview import ServerSettings
from chatapp.gui.settings.account_password import AGAIN, NEW
from chatapp.gui.settings.server_access import ACCESS_KEY, CLOSED, NAME, AccessHandlers, ServerAccess
from tests.gui.base import WindowTest

SETTINGS = ServerSettings("Room 12", "invite", sharing=True, closed=False)


class Access(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[object] = []
        add = self.done.append
        self.part = ServerAccess(
            self.root, self.theme, AccessHandlers(add, add, add, add, lambda *words: add(words))
        )
        self.part.pack(fill="x")
        self.part.show(SETTINGS)
        self.settle()

    def type_name(self, text: str) -> None:
        self.focus(self.part.name)
        self.part.name.delete(0, "end")
        self.part.name.insert(0, text)

    def test_it_shows_the_settings(self) -> None:
        part = self.part
        self.assertEqual((part.name.get(), part.access.chosen), ("Room 12", "invite"))
        self.assertEqual((part.sharing.is_on, part.closed.is_on), (True, False))
        self.assertFalse(part.sharing_note.winfo_ismapped())
        part.show(replace(SETTINGS, sharing=False))
        self.settle()
        self.assertEqual(part.sharing_note.cget("text"), "Only this computer can connect.")
        self.assertTrue(part.sharing_note.winfo_ismapped())

    def test_the_name_is_protected_below_the_setting_that_needs_it(self) -> None:
        self.part.ask_to_protect(CLOSED)
        self.settle()
        form = self.part.protect
        self.assertGreater(form.winfo_rooty(), self.part.closed.winfo_rooty())
        self.assertLess(form.winfo_rooty(), self.part.sharing.winfo_rooty())
        for key in (NEW, AGAIN):
            form.fields[key].value = "open sesame"
        form.button.invoke()
        self.assertEqual(self.done, [("open sesame", "")])

    def test_each_change_is_reported_once(self) -> None:
        self.type_name("Room  13")
        self.press(self.part.name, "<Return>")
        self.part.access.choose(2)
        self.part.sharing.invoke()
        self.part.closed.invoke()
        self.assertEqual(self.done, ["Room 13", "accounts", False, True])

    def test_leaving_the_field_renames_and_an_empty_name_does_not(self) -> None:
        self.type_name("Lab")
        self.focus(self.part.access)
        self.part.show(ServerSettings("Lab"))
        self.type_name("  ")
        self.focus(self.part.access)
        self.assertEqual((self.done, self.part.name.get()), (["Lab"], "Lab"))

    def test_escape_discards_what_was_typed(self) -> None:
        self.type_name("Lab")
        self.press(self.part.name, "<Escape>")
        self.assertEqual((self.part.name.get(), self.done), ("Room 12", []))

    def test_a_name_that_is_being_typed_stays_when_the_server_changes(self) -> None:
        self.type_name("Lab")
        self.part.show(ServerSettings("Other"))
        self.assertEqual(self.part.name.get(), "Lab")

    def test_a_refused_change_returns_with_the_reason_below(self) -> None:
        self.part.access.choose(2)
        self.part.show_problem(ACCESS_KEY, "Protect your name first")
        self.part.closed.invoke()
        self.part.show_problem(CLOSED, "No")
        self.type_name("Lab")
        self.part.show_problem(NAME, "Too long")
        self.assertEqual((self.part.access.chosen, self.part.closed.is_on), ("invite", False))
        self.assertEqual(
            (self.part.name.get(), self.part.problem(ACCESS_KEY)), ("Room 12", "Protect your name first")
        )
        self.part.show_problem(ACCESS_KEY, "")
        self.assertEqual(self.part.problem(ACCESS_KEY), "")


if __name__ == "__main__":
    unittest.main()
