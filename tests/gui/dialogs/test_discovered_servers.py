"""The servers of this network: their labels and buttons."""

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
    def test_a_label_has_the_name_and_the_address(self) -> None:
        for found, label, address in (
            (offer("Room 12", "192.168.1.20"), "Room 12 · 192.168.1.20", "192.168.1.20:5000"),
            (
                offer("Room 12", "192.168.1.20", port=5001),
                "Room 12 · 192.168.1.20:5001",
                "192.168.1.20:5001",
            ),
            (offer("Lab", "fe80::1", "fd00::7", "10.0.0.7"), "Lab · 10.0.0.7", "10.0.0.7:5000"),
            (offer("Lab", "fe80::1", "fd00::7"), "Lab · fd00::7", "[fd00::7]:5000"),
        ):
            with self.subTest(label):
                self.assertEqual(server_choices([found]), {label: address})

    def test_servers_with_only_link_local_addresses_are_left_out(self) -> None:
        self.assertEqual(server_choices([offer("Lab", "fe80::1"), offer("Room 12")]), {})

    def test_announced_names_are_cleaned_and_shortened(self) -> None:
        (label,) = server_choices([offer("Room\n\u202e 12\x00" + "x" * 100, "10.0.0.7")])
        self.assertRegex(label, r"^Room 12 x+… · 10\.0\.0\.7$")
        self.assertLessEqual(len(label), MAX_NAME + len(" · 10.0.0.7"))

    def test_the_number_of_servers_is_limited(self) -> None:
        self.assertEqual(len(server_choices([offer("Room", f"10.0.0.{n}") for n in range(99)])), MAX_SERVERS)


class DiscoveredServersTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[str] = []
        self.discovered = DiscoveredServers(self.root, self.theme, self.chosen.append)
        self.discovered.pack()

    def show(self, *label: str) -> list[str]:
        """Show these servers and return the labels of the buttons from top to bottom."""
        self.discovered.show(label)
        self.settle()
        buttons = [each for each in self.discovered.winfo_children() if isinstance(each, ttk.Button)]
        return [str(each.cget("text")).strip() for each in sorted(buttons, key=lambda each: each.winfo_y())]

    def test_each_has_a_button(self) -> None:
        self.assertEqual(self.show("Room 12 · 10.0.0.7", "Lab · 10.0.0.8")[0], "Room 12 · 10.0.0.7")
        self.discovered.buttons["Lab · 10.0.0.8"].invoke()
        self.assertEqual(self.chosen, ["Lab · 10.0.0.8"])

    def test_updates_keep_the_other_buttons_and_the_focus(self) -> None:
        self.show("b", "c")
        self.focus(self.discovered.buttons["b"])
        self.assertEqual(self.show("a", "b"), ["a", "b"])
        self.assertIs(self.root.focus_get(), self.discovered.buttons["b"])

    def test_only_the_first_servers_have_buttons(self) -> None:
        self.assertEqual(self.show(*"abcdefgh"), list("abcdefgh")[:MAX_BUTTONS])

    def test_while_disabled_none_can_be_chosen(self) -> None:
        self.show("a")
        self.discovered.set_disabled(True)
        self.discovered.buttons["a"].invoke()
        self.assertEqual(self.chosen, [])


if __name__ == "__main__":
    unittest.main()
