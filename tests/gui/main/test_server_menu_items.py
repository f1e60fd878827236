"""The menu items of servers."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.client.login import Login
from chatapp.client.model.network import Network
from chatapp.gui.main.server_menu_items import ServerActions, server_items, server_list_items
from chatapp.gui.main.server_tiles import ServerTile, server_tiles
from tests.gui.networks import make_network


class ServerMenuItemsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.networks = [make_network("#general") for _ in range(3)]
        for network, name in zip(self.networks, ("Room 12", "Chess Club", "Lab"), strict=True):
            network.name = name
        self.done: list[tuple[str, str, int | None]] = []

        def note(name: str, network: Network, index: int | None = None) -> None:
            self.done.append((name, network.name, index))

        self.actions = ServerActions(
            go=lambda network: note("go", network),
            mark_read=lambda network: note("mark_read", network),
            mute=lambda network: note("mute", network),
            connect=lambda network: note("connect", network),
            disconnect=lambda network: note("disconnect", network),
            move=lambda network, index: note("move", network, index),
            remove=lambda network: note("remove", network),
            add=lambda: None,
        )

    def tiles(self) -> list[ServerTile]:
        servers = [(each, Login(f"{each.name}.example")) for each in self.networks]
        return server_tiles(servers, self.networks[0])

    def labels(self, network: Network) -> list[str]:
        return [each.label for each in server_items(self.tiles(), network, self.actions) if each.label]

    def test_each_item_does_what_it_says(self) -> None:
        club = self.networks[1]
        general = club.find("#general")
        assert general is not None
        general.unread = 3
        for item in server_items(self.tiles(), club, self.actions):
            item.action()
        done = [(name, index) for name, _, index in self.done]
        expected = [
            ("mark_read", None), ("mute", None), ("disconnect", None),
            ("move", 0), ("move", 2), ("remove", None),
        ]  # fmt: skip
        self.assertEqual(done, expected)
        self.assertEqual({name for _, name, _ in self.done}, {"Chess Club"})

    def test_at_the_ends_only_the_possible_moves_are_offered(self) -> None:
        first, _, last = self.networks
        self.assertNotIn("Move up", self.labels(first))
        self.assertIn("Move down", self.labels(first))
        self.assertIn("Move up", self.labels(last))
        self.assertNotIn("Move down", self.labels(last))

    def test_a_server_that_is_not_connected_can_be_connected(self) -> None:
        self.networks[0].state = "offline"
        self.assertIn("Connect", self.labels(self.networks[0]))
        self.assertNotIn("Disconnect", self.labels(self.networks[0]))
        self.networks[0].state = "waiting"
        self.assertIn("Connect", self.labels(self.networks[0]))
        self.assertIn("Disconnect", self.labels(self.networks[0]))

    def test_a_muted_server_can_be_unmuted(self) -> None:
        self.networks[0].muted = True
        self.assertIn("Unmute", self.labels(self.networks[0]))

    def test_the_list_names_each_server_with_its_key_and_what_is_unread(self) -> None:
        tiles = self.tiles()
        tiles[1] = replace(tiles[1], important=3)
        tiles[2] = replace(tiles[2], has_news=True)
        items = list(server_list_items(tiles, self.actions))
        self.assertEqual(
            [(each.label, each.key) for each in items],
            [
                ("Room 12", "Ctrl+Alt+1"),
                ("Chess Club (3)", "Ctrl+Alt+2"),
                ("Lab (new messages)", "Ctrl+Alt+3"),
            ],
        )
        items[1].action()
        self.assertEqual(self.done, [("go", "Chess Club", None)])
