"""The bar that is shown while there is no connection."""

from __future__ import annotations

import unittest

from chatapp.client.model.network import Network, NetworkState
from chatapp.gui.main import connection_bar
from chatapp.gui.main.connection_bar import ConnectionBar
from tests.gui.base import WindowTest
from tests.gui.networks import make_network


class StatusTextTest(unittest.TestCase):
    def test_it_counts_down_to_the_next_attempt(self) -> None:
        network = make_network("#general")
        network.state, network.retry_at, network.problem = "waiting", 103.2, "The connection was closed."
        for now, seconds in ((100.0, 4), (102.5, 1), (103.2, 0), (104.0, 0)):
            with self.subTest(now=now):
                self.assertEqual(
                    connection_bar.status_text(network, now),
                    f"⚠ Connection lost. Trying again in {seconds} s. The connection was closed.",
                )

    def test_while_online_it_is_empty(self) -> None:
        self.assertEqual(connection_bar.status_text(make_network("#general"), 0.0), "")

    def test_before_the_first_connection_it_is_empty(self) -> None:
        network = Network()
        network.state = "connecting"
        self.assertEqual(connection_bar.status_text(network, 0.0), "")

    def test_while_offline_it_says_not_connected(self) -> None:
        self.assertEqual(connection_bar.status_text(Network(), 0.0), "⚠ Not connected.")

    def test_after_quitting_it_says_not_connected(self) -> None:
        network = make_network("#general")
        network.state = "offline"
        self.assertEqual(connection_bar.status_text(network, 0.0), "⚠ Not connected.")


class ConnectionBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.bar = ConnectionBar(self.root, self.theme, lambda: self.pressed.append("now"))
        self.bar.grid(sticky="ew")
        self.root.columnconfigure(0, weight=1)
        self.network = make_network("#general")

    def test_it_is_shown_only_while_disconnected(self) -> None:
        states: list[tuple[NetworkState, bool]] = [
            ("online", False),
            ("waiting", True),
            ("connecting", True),
            ("online", False),
        ]
        for state, there in states:
            with self.subTest(state=state):
                self.network.state = state
                self.bar.show(self.network, 0.0)
                self.settle()
                self.assertEqual(bool(self.bar.winfo_ismapped()), there)

    def test_its_button_is_reported(self) -> None:
        self.network.state = "waiting"
        self.bar.show(self.network, 0.0)
        self.bar.button.invoke()
        self.assertEqual(self.pressed, ["now"])

    def test_the_button_keeps_its_place_beside_a_long_reason(self) -> None:
        self.network.state, self.network.problem = "waiting", "a long reason " * 30
        self.bar.show(self.network, 0.0)
        self.settle()
        self.assertLessEqual(
            self.bar.button.winfo_x() + self.bar.button.winfo_width(), self.root.winfo_width()
        )
