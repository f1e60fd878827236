"""The invite links of a server: their addresses, order and pin."""

from __future__ import annotations

import unittest
from collections.abc import Sequence
from dataclasses import replace
from unittest import mock

from chatapp.protocol.invite_links import Invite
from chatapp.server.config import Config, ServerConfig, TlsConfig
from chatapp.server.net import invite_addresses

PIN = "ab" * 32
INTERFACES = {
    "docker0": ("172.17.0.1",),
    "wlan0": ("192.168.1.20", "fe80::1"),
    "eth0": ("10.0.0.7",),
}
LAN = [("0.0.0.0", 5000), ("::", 5000)]


class InviteTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network(["192.168.1.20", "2001:db8:1::20"])

    def network(self, outward: Sequence[str]) -> None:
        """Let this computer have the interfaces above and these source addresses."""
        for name, value in (("_outgoing_addresses", outward), ("multicast.own_addresses", INTERFACES)):
            patch = mock.patch(f"chatapp.server.net.invite_addresses.{name}", return_value=value)
            patch.start()
            self.addCleanup(patch.stop)


class Links(InviteTest):
    def hosts(self, listening: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        found = invite_addresses.invites(Config(), listening, PIN)
        return [(invite.host, invite.port) for invite in found]

    def test_a_server_on_loopback_has_only_a_loopback_link(self) -> None:
        for host in ("127.0.0.1", "::1"):
            with self.subTest(host):
                [invite] = invite_addresses.invites(Config(), [(host, 5000)], PIN)
                self.assertEqual(invite, Invite(host, 5000, ("#general",), PIN))
                self.assertTrue(invite_addresses.is_private(invite))

    def test_the_default_route_comes_first_and_virtual_networks_last(self) -> None:
        hosts = ["192.168.1.20", "10.0.0.7", "172.17.0.1", "2001:db8:1::20"]
        self.assertEqual(self.hosts(LAN), [(host, 5000) for host in hosts])
        self.assertEqual(self.hosts(LAN[:1]), [(host, 5000) for host in hosts[:3]])

    def test_without_a_default_route_the_real_networks_come_first(self) -> None:
        self.network([])
        self.assertEqual([host for host, _ in self.hosts(LAN)], ["192.168.1.20", "10.0.0.7", "172.17.0.1"])

    def test_a_configured_address_is_the_only_one(self) -> None:
        self.assertEqual(self.hosts([("10.0.0.7", 6000)]), [("10.0.0.7", 6000)])

    def test_a_computer_without_a_network_has_a_loopback_link(self) -> None:
        with (
            mock.patch("chatapp.server.net.invite_addresses._outgoing_addresses", return_value=[]),
            mock.patch("chatapp.server.net.invite_addresses.multicast.own_addresses", return_value={}),
        ):
            self.assertEqual(self.hosts(LAN), [("127.0.0.1", 5000)])

    def test_a_certificate_of_an_authority_needs_no_pin_and_a_name(self) -> None:
        config = Config(server=ServerConfig(name="chat.example.org"), tls=TlsConfig(certificate="chain.pem"))
        first, *_ = invite_addresses.invites(config, LAN, PIN)
        self.assertEqual(str(first), "ircs://chat.example.org:5000/general")

    def test_a_default_host_name_is_not_used(self) -> None:
        config = Config(tls=TlsConfig(certificate="chain.pem"))
        [invite] = invite_addresses.invites(config, [("192.0.2.7", 5000)], PIN)
        self.assertEqual(str(invite), "ircs://192.0.2.7:5000/general")

    def test_without_tls_the_link_does_not_require_it(self) -> None:
        [invite] = invite_addresses.invites(
            replace(Config(), tls=TlsConfig(mode="off")), [("127.0.0.1", 5000)], ""
        )
        self.assertEqual(str(invite), "irc://127.0.0.1:5000/general")

    def test_private_addresses_are_recognised(self) -> None:
        for host, expected in (
            ("127.0.0.1", True),
            ("::1", True),
            ("localhost", True),
            ("192.168.1.20", False),
            ("chat.example.org", False),
            ("fe80::1%eth0", False),
        ):
            with self.subTest(host):
                self.assertIs(invite_addresses.is_private(Invite(host, 5000)), expected)


if __name__ == "__main__":
    unittest.main()
