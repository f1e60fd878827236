"""The header of the sidebar."""

from __future__ import annotations

from tkinter import ttk

from chatapp.client.model.network import NetworkState, Privacy
from chatapp.gui.main.network_header import NetworkHeader
from tests.gui.base import WindowTest
from tests.gui.networks import make_network


class NetworkHeaderTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.header = NetworkHeader(self.root, self.theme, lambda: self.pressed.append("invite"))
        self.header.place(width=self.theme.px(198))
        self.network = make_network("#general", "#help")
        self.header.show(self.network)
        self.settle()

    def test_it_shows_network_and_nick(self) -> None:
        self.assertIn("Room 12", self.labels())
        self.assertIn("Connected as ana", self.labels())

    def test_it_shows_whether_the_connection_is_encrypted(self) -> None:
        cases: list[tuple[NetworkState, Privacy, list[str]]] = [
            ("online", "here", []),
            ("online", "encrypted", ["Encrypted"]),
            ("waiting", "encrypted", []),
            ("online", "open", ["Not encrypted"]),
            ("online", "here", []),
        ]
        for state, privacy, expected in cases:
            with self.subTest(privacy, state=state):
                self.network.state, self.network.privacy = state, privacy
                self.header.show(self.network)
                self.settle()
                self.assertEqual([each for each in self.labels() if "ncrypted" in each], expected)

    def test_the_invite_button_is_shown_while_connected(self) -> None:
        invite = self.header.invite
        self.assertTrue(invite.winfo_ismapped())
        invite.invoke()
        self.assertEqual(self.pressed, ["invite"])
        self.network.state = "waiting"
        self.header.show(self.network)
        self.settle()
        self.assertFalse(invite.winfo_ismapped())

    def test_long_names_are_shortened(self) -> None:
        self.network.name, self.network.nick = "Room " * 20, "ana" * 20
        self.header.show(self.network)
        self.settle()
        self.assertTrue(all(each.endswith("…") for each in self.labels()))
        invite = self.header.invite
        self.assertLessEqual(
            invite.winfo_rootx() + invite.winfo_width(), self.header.winfo_rootx() + self.header.winfo_width()
        )

    def test_a_lost_connection_is_shown(self) -> None:
        self.network.state = "waiting"
        self.header.show(self.network)
        self.assertIn("Connection lost", self.labels())

    def labels(self) -> list[str]:
        labels = [each for each in self.header.grid_slaves() if isinstance(each, ttk.Label)]
        return [str(each.cget("text")).strip() for each in labels]
