"""What the rail shows of each server."""

from __future__ import annotations

import unittest

from chatapp.client.login import Login
from chatapp.client.model.network import Network, NetworkState
from chatapp.gui.main.server_tiles import (
    STATES,
    ServerTile,
    important_total,
    server_labels,
    server_tiles,
)
from tests.gui.networks import make_network


def login(host: str, nick: str = "ana") -> Login:
    return Login(host, 5000, nick)


class ServerTilesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.room, self.club = make_network("#general", "#help"), make_network("#general")
        self.club.name = "Chess Club"
        self.ben = self.room.add("ben", "direct")

    def tile(self, network: Network) -> ServerTile:
        servers = [(self.room, login("room.example")), (self.club, login("club.example"))]
        return next(each for each in server_tiles(servers, self.club) if each.network is network)

    def unread(self, name: str, unread: int, mentions: int = 0) -> None:
        conversation = self.room.find(name)
        assert conversation is not None
        conversation.unread, conversation.mentions = unread, mentions

    def test_mentions_and_direct_messages_are_counted_together(self) -> None:
        self.unread("#general", 9, mentions=2)
        self.unread("ben", 3)
        self.assertEqual((self.tile(self.room).badge, self.tile(self.room).important), ("5", 5))

    def test_other_unread_messages_are_only_a_dot(self) -> None:
        self.unread("#help", 9)
        self.assertEqual((self.tile(self.room).badge, self.tile(self.room).has_news), ("", True))

    def test_the_icon_counts_what_has_a_badge(self) -> None:
        self.unread("#general", 9, mentions=2)
        self.unread("#help", 9)
        self.unread("ben", 3)
        self.assertEqual(important_total(self.room), 5)

    def test_many_are_capped(self) -> None:
        self.unread("ben", 250)
        self.assertEqual(self.tile(self.room).badge, "99+")

    def test_muted_conversations_show_nothing(self) -> None:
        self.unread("#help", 9)
        self.unread("ben", 2)
        for name in ("#help", "ben"):
            conversation = self.room.find(name)
            assert conversation is not None
            conversation.muted = True
        self.assertEqual((self.tile(self.room).badge, self.tile(self.room).has_news), ("", False))

    def test_of_a_muted_server_only_mentions_and_direct_messages_are_shown(self) -> None:
        self.room.muted = True
        self.unread("#help", 9)
        self.assertFalse(self.tile(self.room).has_news)
        self.unread("ben", 2)
        self.assertEqual(self.tile(self.room).badge, "2")
        self.assertIn("muted", self.tile(self.room).state)
        self.assertEqual(important_total(self.room), 2)

    def test_the_state_is_told(self) -> None:
        states: list[NetworkState] = ["online", "offline", "connecting", "registering", "waiting"]
        for state in states:
            with self.subTest(state):
                self.room.state = state
                tile = self.tile(self.room)
                self.assertEqual((tile.is_connected, tile.state), (state == "online", STATES[state]))

    def test_the_tile_of_the_shown_server_tells_nothing_that_the_sidebar_tells(self) -> None:
        general = self.club.find("#general")
        assert general is not None
        general.unread = general.mentions = 3
        self.assertEqual((self.tile(self.club).badge, self.tile(self.club).has_news), ("", False))

    def test_only_the_shown_one_is_current(self) -> None:
        self.assertEqual((self.tile(self.room).is_current, self.tile(self.club).is_current), (False, True))

    def test_one_that_waits_for_an_answer_says_what_about(self) -> None:
        self.room.state, self.room.problem = "offline", "The certificate has changed."
        [tile] = server_tiles([(self.room, login("room.example"))], self.club, [self.room])
        self.assertEqual((tile.badge, tile.state), ("!", "The certificate has changed."))

    def test_servers_of_the_same_name_are_told_apart(self) -> None:
        other, again = make_network("#general"), make_network("#general")
        labels = server_labels(
            [
                (self.room, login("a.example")),
                (other, login("b.example")),
                (again, login("b.example", "teacher")),
                (self.club, login("c.example")),
            ]
        )
        self.assertEqual(
            list(labels.values()),
            ["Room 12 (a.example:5000)", "Room 12 (ana)", "Room 12 (teacher)", "Chess Club"],
        )
