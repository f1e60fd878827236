"""Notes about people."""

from __future__ import annotations

import unittest

from chatapp.client.local import notes
from chatapp.client.local.settings import Settings
from chatapp.client.model.network import Network


class NotesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.settings, self.network = Settings(), Network()

    def set(self, nick: str, text: str, server: str = "h:1") -> None:
        notes.set_note(self.settings, server, self.network, nick, text)

    def get(self, nick: str, server: str = "h:1") -> str:
        return notes.note(self.settings, server, self.network, nick)

    def test_a_note_is_stored_for_each_server_in_any_letter_case(self) -> None:
        self.set("Ben", "owes me\na book")
        self.assertEqual((self.get("ben"), self.get("ben", "h:2")), ("owes me a book", ""))

    def test_an_empty_note_is_removed(self) -> None:
        self.set("ben", "x")
        self.set("ben", " ")
        self.assertEqual(self.settings.notes, {})

    def test_the_note_of_an_account_is_found_under_any_nick(self) -> None:
        self.set("ben", "first")
        self.network.person("ben").account = "benny"
        self.assertEqual(self.get("ben"), "first")
        self.set("ben", "second")
        self.network.person("ben_away").account = "benny"
        self.assertEqual(self.get("ben_away"), "second")
        self.assertEqual(len(self.settings.notes), 1)

    def test_a_very_long_note_is_cut(self) -> None:
        self.set("ben", "x" * 10_000)
        self.assertEqual(len(self.get("ben")), notes.MAX_LENGTH)


if __name__ == "__main__":
    unittest.main()
