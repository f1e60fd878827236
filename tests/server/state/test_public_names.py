"""The index of nicks, accounts and display names by their look-alikes."""

from __future__ import annotations

import unittest

from chatapp.server.state.public_names import PublicNames


class Index(unittest.TestCase):
    def setUp(self) -> None:
        self.index = PublicNames()

    def test_nicks_are_found_until_they_are_removed(self) -> None:
        self.index.add("Bob")
        self.index.add("b0b")
        self.assertEqual(set(self.index.names_like("ВОВ")), {"bob", "b0b"})
        self.index.remove("bob")
        self.assertEqual(set(self.index.names_like("Bob")), {"b0b"})
        self.index.remove("b0b")
        self.assertEqual(list(self.index.names_like("Bob")), [])

    def test_all_spellings_of_a_nick_are_removed_with_it(self) -> None:
        self.index.add("alan")
        self.index.add("AlAN")
        self.index.remove("alan")
        self.assertEqual(list(self.index.names_like("alan")), [])

    def test_a_new_display_name_replaces_the_old_one(self) -> None:
        self.index.show("=ann", "Anna")
        self.index.show("=ann", "Anna Smith")
        self.assertEqual(list(self.index.shown_like("Anna")), [])
        self.assertEqual(set(self.index.shown_like("anna_smith")), {"=ann"})
        self.index.show("=ann", None)
        self.index.show("=ann", None)
        self.assertEqual(list(self.index.shown_like("Anna Smith")), [])
