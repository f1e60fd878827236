"""The servers of this network: what is said of them, and their buttons."""

from __future__ import annotations

import unittest
from tkinter import ttk

from chatapp.gui.dialogs.discovered_servers import (
    MAX_BUTTONS,
    MAX_NAME,
    MAX_SERVERS,
    DiscoveredServers,
    server_choices,
)
from chatapp.protocol.dnssd import Offer
from tests.gui.base import WindowTest


def offer(network: str, *addresses: str, port: int = 5000) -> Offer:
    return Offer(f"{network} on lab", "lab", port, addresses, network, "ab" * 32)


class ServerChoicesTest(unittest.TestCase):
    def test_people_read_the_name_and_the_address(self) -> None:
        for found, words, address in (
            (offer("Room 12", "192.168.1.20"), "Room 12 · 192.168.1.20", "192.168.1.20:5000"),
            (
                offer("Room 12", "192.168.1.20", port=5001),
                "Room 12 · 192.168.1.20:5001",
                "192.168.1.20:5001",
            ),
            (offer("Lab", "fe80::1", "fd00::7", "10.0.0.7"), "Lab · 10.0.0.7", "10.0.0.7:5000"),
            (offer("Lab", "fe80::1", "fd00::7"), "Lab · fd00::7", "[fd00::7]:5000"),
        ):
            with self.subTest(words):
                self.assertEqual(server_choices([found]), {words: address})

    def test_who_can_be_reached_on_one_interface_alone_is_left_out(self) -> None:
        self.assertEqual(server_choices([offer("Lab", "fe80::1"), offer("Room 12")]), {})

    def test_anybody_may_announce_any_name(self) -> None:
        (words,) = server_choices([offer("Room\n\u202e 12\x00" + "x" * 100, "10.0.0.7")])
        self.assertRegex(words, r"^Room 12 x+… · 10\.0\.0\.7$")
        self.assertLessEqual(len(words), MAX_NAME + len(" · 10.0.0.7"))

    def test_not_more_are_offered_than_one_can_look_through(self) -> None:
        self.assertEqual(len(server_choices([offer("Room", f"10.0.0.{n}") for n in range(99)])), MAX_SERVERS)


class DiscoveredServersTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[str] = []
        self.discovered = DiscoveredServers(self.root, self.theme, self.chosen.append)
        self.discovered.pack()

    def show(self, *words: str) -> list[str]:
        """Show these, and say which buttons there are, from top to bottom."""
        self.discovered.show(words)
        self.settle()
        buttons = [each for each in self.discovered.winfo_children() if isinstance(each, ttk.Button)]
        return [str(each.cget("text")).strip() for each in sorted(buttons, key=lambda each: each.winfo_y())]

    def test_each_has_a_button(self) -> None:
        self.assertEqual(self.show("Room 12 · 10.0.0.7", "Lab · 10.0.0.8")[0], "Room 12 · 10.0.0.7")
        self.discovered.buttons["Lab · 10.0.0.8"].invoke()
        self.assertEqual(self.chosen, ["Lab · 10.0.0.8"])

    def test_who_comes_and_goes_leaves_the_others_and_the_keyboard_where_they_are(self) -> None:
        self.show("b", "c")
        self.focus(self.discovered.buttons["b"])
        self.assertEqual(self.show("a", "b"), ["a", "b"])
        self.assertIs(self.root.focus_get(), self.discovered.buttons["b"])

    def test_the_first_few_have_buttons(self) -> None:
        self.assertEqual(self.show(*"abcdefgh"), list("abcdefgh")[:MAX_BUTTONS])

    def test_while_disabled_none_can_be_chosen(self) -> None:
        self.show("a")
        self.discovered.set_disabled(True)
        self.discovered.buttons["a"].invoke()
        self.assertEqual(self.chosen, [])


if __name__ == "__main__":
    unittest.main()
