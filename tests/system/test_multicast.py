"""The sockets of multicast DNS: their options on each system, with fake sockets."""

from __future__ import annotations

import socket
import struct
import sys
import unittest
from typing import Any
from unittest import mock

from chatapp.system import multicast
from chatapp.system.multicast import GROUP_IPV4, GROUP_IPV6, PORT

OWN = {socket.AF_INET: ("192.0.2.7", 40000), socket.AF_INET6: ("fe80::7%eth0", 40000, 0, 2)}
IPV4, IPV6 = socket.IPPROTO_IP, socket.IPPROTO_IPV6


class FakeSocket:
    """Records its calls. `refuses` is an option or method that fails."""

    refuses: object = None

    def __init__(self, family: int, kind: int) -> None:
        self.family, self.kind = family, kind
        self.options: dict[tuple[int, int], Any] = {}
        self.bound: Any = None
        self.connected: Any = None
        self.sent: list[tuple[bytes, Any]] = []
        self.is_closed = False
        self.waits = True

    def setsockopt(self, level: int, option: int, value: Any) -> None:
        if option == self.refuses and level in (IPV4, IPV6):
            raise OSError("no such option")
        self.options[level, option] = value

    def bind(self, address: Any) -> None:
        self.bound = address

    def connect(self, address: Any) -> None:
        if self.refuses == self.family:
            raise OSError("no route")
        self.connected = address

    def getsockname(self) -> Any:
        return OWN[socket.AddressFamily(self.family)]

    def sendto(self, data: bytes, to: Any) -> None:
        if self.refuses == "sendto":
            raise OSError("the network is down")
        self.sent.append((data, to))

    def setblocking(self, waits: bool) -> None:
        self.waits = waits

    def close(self) -> None:
        self.is_closed = True

    def __enter__(self) -> FakeSocket:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class Multicast(unittest.TestCase):
    def setUp(self) -> None:
        self.opened: list[FakeSocket] = []
        self.patch(socket, "socket", self.open)
        self.patch(socket, "if_nameindex", lambda: [(1, "lo"), (2, "eth0")])
        self.patch(FakeSocket, "refuses", None)

    def patch(self, owner: object, name: str, value: object) -> None:
        patch = mock.patch.object(owner, name, value)
        patch.start()
        self.addCleanup(patch.stop)

    def open(self, family: int, kind: int) -> FakeSocket:
        self.opened.append(FakeSocket(family, kind))
        return self.opened[-1]

    def listening(self) -> dict[int, FakeSocket]:
        """Return the sockets that listen, by family."""
        multicast.listening_interfaces()
        return {each.family: each for each in self.opened if each.bound}

    def test_addresses_are_listed_by_interface_without_loopback_and_zone(self) -> None:
        self.assertEqual(multicast.own_addresses(), {"eth0": ("192.0.2.7", "fe80::7")})
        self.assertTrue(all(each.is_closed and not each.sent for each in self.opened))

    def test_a_family_without_a_route_has_no_address(self) -> None:
        self.patch(FakeSocket, "refuses", socket.AF_INET6)
        self.assertEqual(multicast.own_addresses(), {"eth0": ("192.0.2.7",)})

    def test_a_server_listens_on_each_interface_with_a_route(self) -> None:
        """RFC 6762 section 11: a TTL of 255; section 5: port 5353."""
        found = multicast.listening_interfaces()
        self.assertEqual(
            [(each.name, each.address, each.group) for each in found],
            [("eth0", "192.0.2.7", (GROUP_IPV4, PORT)), ("eth0", "fe80::7", (GROUP_IPV6, PORT, 0, 2))],
        )
        ipv4, ipv6 = (each for each in self.opened if each.bound)
        self.assertEqual((ipv4.bound, ipv6.bound), (("", PORT), ("::", PORT)))
        self.assertEqual(ipv4.options[IPV4, socket.IP_MULTICAST_TTL], 255)
        self.assertEqual(ipv6.options[IPV6, socket.IPV6_MULTICAST_HOPS], 255)
        self.assertEqual(ipv6.options[IPV6, socket.IPV6_V6ONLY], 1)
        for each in (ipv4, ipv6):
            self.assertEqual(each.options[socket.SOL_SOCKET, socket.SO_REUSEADDR], 1)
            self.assertFalse(each.waits or each.is_closed)

    def test_an_interface_is_identified_as_each_system_requires(self) -> None:
        """RFC 3678 section 3 and ip(7): `struct ip_mreqn`; Windows takes the number in network order."""
        group = socket.inet_aton(GROUP_IPV4)
        for platform, interface, membership in (
            ("linux", bytes(8) + struct.pack("@i", 2), group + bytes(4) + struct.pack("@i", 2)),
            ("darwin", bytes(8) + struct.pack("@i", 2), group + bytes(4) + struct.pack("@i", 2)),
            ("win32", struct.pack("!I", 2), group + struct.pack("!I", 2)),
        ):
            with self.subTest(platform), mock.patch.object(sys, "platform", platform):
                self.opened.clear()
                options = self.listening()[socket.AF_INET].options
                self.assertEqual(options[IPV4, socket.IP_MULTICAST_IF], interface)
                self.assertEqual(options[IPV4, socket.IP_ADD_MEMBERSHIP], membership)

    def test_only_linux_has_an_option_to_receive_from_one_interface(self) -> None:
        for platform, is_set in (("linux", True), ("darwin", False), ("win32", False)):
            with self.subTest(platform), mock.patch.object(sys, "platform", platform):
                self.opened.clear()
                listening = self.listening()
                self.assertEqual((IPV4, 49) in listening[socket.AF_INET].options, is_set)
                self.assertEqual((IPV6, 29) in listening[socket.AF_INET6].options, is_set)

    def test_an_interface_without_multicast_is_left_out_and_its_socket_closed(self) -> None:
        self.patch(FakeSocket, "refuses", socket.IP_ADD_MEMBERSHIP)
        self.assertEqual([each.group[0] for each in multicast.listening_interfaces()], [GROUP_IPV6])
        self.assertTrue(next(each for each in self.opened if each.bound == ("", PORT)).is_closed)

    def test_a_client_sends_queries_from_its_own_ports_on_every_interface(self) -> None:
        """RFC 6762 section 5.1: a one-shot query does not come from port 5353."""
        groups = [group for _, group in multicast.query_sockets()]
        self.assertEqual(
            groups,
            [(GROUP_IPV4, PORT), (GROUP_IPV6, PORT, 0, 1), (GROUP_IPV4, PORT), (GROUP_IPV6, PORT, 0, 2)],
        )
        self.assertTrue(all(each.bound is None and not each.waits for each in self.opened))

    def test_a_socket_that_cannot_send_a_query_is_closed(self) -> None:
        self.patch(FakeSocket, "refuses", socket.IP_MULTICAST_IF)
        self.assertEqual([group[0] for _, group in multicast.query_sockets()], [GROUP_IPV6, GROUP_IPV6])
        self.assertEqual({each.is_closed for each in self.opened if each.family == socket.AF_INET}, {True})

    def test_packets_are_sent_to_the_group_or_to_one_address_and_may_be_lost(self) -> None:
        interface = multicast.listening_interfaces()[0]
        fake = next(each for each in self.opened if each.bound)
        interface.send(b"to all")
        interface.send(b"to one", ("192.0.2.9", 40000))
        self.assertEqual(fake.sent, [(b"to all", (GROUP_IPV4, PORT)), (b"to one", ("192.0.2.9", 40000))])
        self.patch(FakeSocket, "refuses", "sendto")
        interface.send(b"lost")


if __name__ == "__main__":
    unittest.main()
