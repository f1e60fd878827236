"""Which page takes the place of the messages."""

from __future__ import annotations

import unittest

from chatapp.client.model.network import Network, NetworkState
from chatapp.gui.main.state_pages import Page, state_page
from tests.gui.networks import make_network


class StatePagesTest(unittest.TestCase):
    def page(self, network: Network) -> Page:
        found = state_page(network, "192.168.1.20", 0.0)
        assert found is not None
        return found

    def test_while_connecting_it_says_what_happens(self) -> None:
        network = Network()
        steps: list[tuple[NetworkState, str]] = [
            ("connecting", "Waiting for 192.168.1.20 to answer"),
            ("registering", "192.168.1.20 answered · logging in"),
        ]
        for state, line in steps:
            with self.subTest(state):
                network.state = state
                page = self.page(network)
                self.assertEqual((page.title, page.lines), ("Connecting to 192.168.1.20…", (line,)))
                self.assertEqual(page.buttons, (("Cancel", "cancel"),))
        network.name = "Room 12"
        self.assertEqual(self.page(network).title, "Connecting to Room 12…")

    def test_a_conversation_stays_while_the_connection_comes_back(self) -> None:
        network = make_network("#general")
        states: list[NetworkState] = ["connecting", "waiting", "offline", "online"]
        for state in states:
            network.state = state
            self.assertIsNone(state_page(network, "host", 0.0))

    def test_without_a_conversation_it_says_what_to_do(self) -> None:
        network = make_network()
        self.assertEqual([action for _, action in self.page(network).buttons], ["join", "write"])
        network.state, network.problem = "offline", "Nothing answers."
        page = self.page(network)
        self.assertEqual((page.title, page.lines), ("You are not connected", ("Nothing answers.",)))

    def test_a_ban_has_a_page_and_the_messages_can_be_read(self) -> None:
        network = make_network("#general")
        network.state, network.failure = "waiting", "banned"
        network.problem = "You are banned from this server until 2026-03-12T12:00:00.000Z by ben: insults"
        page = self.page(network)
        self.assertEqual(page.title, "You are banned from Room 12")
        self.assertIn("Reason: insults", page.lines[0])
        self.assertEqual(page.lines[1], "The chat opens by itself when the time is over.")
        self.assertEqual([action for _, action in page.buttons], ["connect", "read", "save"])

    def test_a_ban_without_an_end_promises_nothing(self) -> None:
        network = make_network()
        network.state, network.failure, network.problem = "offline", "banned", "K-Lined"
        page = self.page(network)
        self.assertEqual(
            (page.lines, [label for label, _ in page.buttons]), (("K-Lined",), ["Another chat…"])
        )
