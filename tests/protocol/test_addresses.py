"""How addresses are read. Every part of the server uses the same functions."""

from __future__ import annotations

import unittest

from chatapp.protocol.addresses import (
    client_block,
    is_address,
    is_link_local,
    is_local,
    is_loopback,
    is_this_computer,
    join_host_port,
    normal_ipv4,
    normal_ipv6,
    owner_block,
    packed,
    parse_network,
    parse_port,
    split_host_port,
    unmapped,
    unpacked,
)


class Reading(unittest.TestCase):
    def test_addresses_that_count_as_one_computer(self) -> None:
        cases = {
            "192.0.2.7": "192.0.2.7",
            "::ffff:192.0.2.7": "192.0.2.7",
            "::FFFF:C000:207": "192.0.2.7",
            "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
            "2001:db8:1:2:ffff::": "2001:db8:1:2::/64",
            "fe80::1%eth0": "fe80::/64",
            "::1": "::1",
            "127.0.0.1": "127.0.0.1",
            "no address": "no address",
        }
        for address, expected in cases.items():
            with self.subTest(address):
                self.assertEqual(client_block(address), expected)

    def test_addresses_that_have_one_owner(self) -> None:
        cases = {
            "192.0.2.7": "192.0.2.0/24",
            "::ffff:192.0.2.7": "192.0.2.0/24",
            "2001:db8:1:2::3": "2001:db8:1::/48",
            "": "",
        }
        for address, expected in cases.items():
            with self.subTest(address):
                self.assertEqual(owner_block(address), expected)

    def test_an_ipv4_mapped_network_is_the_ipv4_network(self) -> None:
        cases = {
            "::ffff:192.0.2.0/120": "192.0.2.0/24",
            "::ffff:192.0.2.7": "192.0.2.7/32",
            "192.0.2.7/24": "192.0.2.0/24",
            "2001:db8::1/32": "2001:db8::/32",
            "::/0": "::/0",
        }
        for text, expected in cases.items():
            with self.subTest(text):
                self.assertEqual(str(parse_network(text)), expected)
        self.assertIsNone(parse_network("ben!*@*"))

    def test_loopback_and_local_addresses(self) -> None:
        self.assertTrue(is_loopback("::ffff:127.0.0.1"))
        self.assertTrue(is_local("::ffff:10.0.0.1"))
        self.assertFalse(is_local("::ffff:8.8.8.8"))
        self.assertFalse(is_loopback("10.0.0.1"))

    def test_this_computer_is_recognised_by_its_address(self) -> None:
        for address, expected in (
            ("127.0.0.1", True),
            ("127.8.9.10", True),
            ("::1", True),
            ("::ffff:127.0.0.1", True),
            ("192.168.1.20", False),
            ("::ffff:192.168.1.20", False),
            ("fe80::1%lo", False),
            ("0.0.0.0", False),
            ("localhost", True),
            ("chat.example", False),
            ("", False),
        ):
            with self.subTest(address):
                self.assertIs(is_this_computer(address), expected)

    def test_host_bits_are_an_error_only_in_exact_networks(self) -> None:
        self.assertEqual(str(parse_network("192.0.2.0/24", is_exact=True)), "192.0.2.0/24")
        self.assertIsNone(parse_network("192.0.2.7/24", is_exact=True))

    def test_the_bytes_of_an_address(self) -> None:
        for text, data in (
            ("192.0.2.7", bytes((192, 0, 2, 7))),
            ("2001:db8::1", b"\x20\x01\x0d\xb8" + bytes(11) + b"\1"),
        ):
            with self.subTest(text):
                self.assertEqual((packed(text), unpacked(data)), (data, text))
        self.assertRaises(ValueError, packed, "chat.example")
        self.assertRaises(ValueError, unpacked, b"12345")

    def test_an_address_has_one_canonical_form(self) -> None:
        self.assertEqual(normal_ipv6("2001:DB8:0::1"), "2001:db8::1")
        self.assertEqual(normal_ipv4("192.0.2.7"), "192.0.2.7")
        self.assertRaises(ValueError, normal_ipv4, "192.0.2.256")
        self.assertRaises(ValueError, normal_ipv6, "192.0.2.7")
        for text, expected in (("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8::1", "2001:db8::1"), ("h", "h")):
            self.assertEqual(unmapped(text), expected)

    def test_an_address_is_distinguished_from_a_name(self) -> None:
        self.assertTrue(is_address("::1") and is_address("192.0.2.7"))
        self.assertFalse(is_address("localhost") or is_address("192.0.2"))
        self.assertTrue(is_link_local("fe80::1%eth0") and is_link_local("169.254.1.1"))
        self.assertFalse(is_link_local("10.0.0.1") or is_link_local("chat.example"))


class HostsAndPorts(unittest.TestCase):
    def test_an_address_is_host_and_port(self) -> None:
        for text, parts in (
            ("chat.example", ("chat.example", "")),
            ("chat.example:6667", ("chat.example", "6667")),
            ("192.168.1.5:5000", ("192.168.1.5", "5000")),
            ("::1", ("::1", "")),
            ("[::1]:6667", ("::1", "6667")),
            ("[::1]", ("::1", "")),
            ("", ("", "")),
        ):
            with self.subTest(text=text):
                self.assertEqual(split_host_port(text), parts)

    def test_an_address_is_written_as_it_is_read(self) -> None:
        for host, text in (("chat.example", "chat.example:6667"), ("::1", "[::1]:6667")):
            with self.subTest(text):
                self.assertEqual(join_host_port(host, 6667), text)
                self.assertEqual(split_host_port(text), (host, "6667"))

    def test_a_port_is_a_number_from_1_to_65535(self) -> None:
        for text, port in (
            ("1", 1),
            ("65535", 65535),
            ("0", None),
            ("65536", None),
            ("", None),
            ("-1", None),
            ("http", None),
            ("٥", None),
            ("9" * 5000, None),
        ):
            with self.subTest(text[:20]):
                self.assertEqual(parse_port(text), port)
        self.assertEqual(parse_port("0", first=0), 0)


if __name__ == "__main__":
    unittest.main()
