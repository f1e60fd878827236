"""The row of a conversation."""

from __future__ import annotations

import unittest

from chatapp.client.model.model import Removal
from chatapp.gui.main.conversation_row import conversation_row, without_hash
from chatapp.gui.widgets.list_row import ListRow
from tests.gui.networks import add_members, make_network


class ConversationRowTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general", "#help")
        self.help = self.network.conversations["#help"]

    def row(self, name: str = "#help") -> ListRow:
        found = self.network.find(name)
        assert found is not None
        return conversation_row(self.network, found)

    def test_a_channel_has_its_icon_in_place_of_the_hash(self) -> None:
        self.assertEqual((self.row().icon, self.row().text), ("hash", "help"))
        for name, expected in (("#", "#"), ("##c", "#c"), ("&local", "&local"), ("ben", "ben")):
            self.assertEqual(without_hash(name), expected)

    def test_the_messages_of_the_server_have_a_row(self) -> None:
        self.network.add("", "server")
        self.assertEqual((self.row("").key, self.row("").text, self.row("").icon), ("*", "Messages", "globe"))

    def test_a_private_channel_has_a_lock(self) -> None:
        for letters, key, icon in (
            ("nt", "", "hash"),
            ("ni", "", "lock"),
            ("s", "", "lock"),
            ("", "x", "lock"),
        ):
            with self.subTest(letters, key=key):
                self.help.modes, self.help.channel_key = frozenset(letters), key
                self.assertEqual(self.row().icon, icon)

    def test_an_unread_channel_is_bold_with_a_number(self) -> None:
        self.help.unread = 12
        row = self.row()
        self.assertEqual(
            (row.bold, row.count, row.badge, row.role, row.icon_role), (True, "12", False, "text", "text")
        )

    def test_mentions_are_counted_in_a_badge(self) -> None:
        self.help.unread, self.help.mentions = 5, 2
        row = self.row()
        self.assertEqual((row.bold, row.count, row.badge), (True, "@ 2", True))

    def test_a_muted_channel_is_faint_with_a_bell_and_shows_only_mentions(self) -> None:
        self.help.muted, self.help.unread = True, 7
        row = self.row()
        self.assertEqual((row.role, row.bold, row.count), ("faint", False, ""))
        self.assertEqual([mark.icon for mark in row.marks], ["bell-off"])
        self.help.mentions = 1
        self.assertEqual((self.row().count, self.row().role), ("@ 1", "text"))

    def test_a_draft_has_a_pencil_except_in_the_conversation_that_is_open(self) -> None:
        self.help.draft = "half a sentence"
        self.assertEqual([mark.icon for mark in self.row().marks], ["pencil"])
        self.network.current = self.help
        self.assertEqual(self.row().marks, ())
        self.network.current, self.help.draft = None, "  "
        self.assertEqual(self.row().marks, ())

    def test_a_person_has_an_avatar_and_the_display_name(self) -> None:
        add_members(self.network, "#general", "ben")
        self.network.person("ben").display_name = "Ben Okafor"
        self.network.add("ben", "direct")
        row = self.row("ben")
        self.assertEqual((row.key, row.text, row.avatar, row.icon), ("ben", "Ben Okafor", "ben", ""))

    def test_the_avatar_shows_the_presence_as_far_as_it_is_known(self) -> None:
        add_members(self.network, "#general", "ben", "(chen)")
        for nick in ("ben", "chen", "zoe"):
            self.network.add(nick, "direct")
        self.assertEqual([self.row(nick).presence for nick in ("ben", "chen", "zoe")], ["online", "away", ""])
        self.network.state = "waiting"
        self.assertEqual([self.row(nick).presence for nick in ("ben", "chen", "zoe")], ["", "", ""])

    def test_a_channel_that_was_left_is_faint_with_a_note_except_while_offline(self) -> None:
        self.help.joined = False
        self.assertEqual((self.row().note, self.row().role), ("(left)", "faint"))
        self.help.removal = Removal("ben removed you.")
        self.assertEqual(self.row().note, "(removed)")
        self.network.state = "waiting"
        self.assertEqual((self.row().note, self.row().role), ("", "text"))


if __name__ == "__main__":
    unittest.main()
