"""How addresses are read: every part of the server gets the same answer."""

from __future__ import annotations

import unittest

from chatapp.protocol.addresses import is_local, is_loopback, parsed_network, place, surroundings


class Reading(unittest.TestCase):
    def test_what_counts_as_one_place(self) -> None:
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
                self.assertEqual(place(address), expected)

    def test_what_has_one_owner(self) -> None:
        cases = {
            "192.0.2.7": "192.0.2.0/24",
            "::ffff:192.0.2.7": "192.0.2.0/24",
            "2001:db8:1:2::3": "2001:db8:1::/48",
            "": "",
        }
        for address, expected in cases.items():
            with self.subTest(address):
                self.assertEqual(surroundings(address), expected)

    def test_a_mapped_network_is_the_one_of_ipv4(self) -> None:
        cases = {
            "::ffff:192.0.2.0/120": "192.0.2.0/24",
            "::ffff:192.0.2.7": "192.0.2.7/32",
            "192.0.2.7/24": "192.0.2.0/24",
            "2001:db8::1/32": "2001:db8::/32",
            "::/0": "::/0",
        }
        for text, expected in cases.items():
            with self.subTest(text):
                self.assertEqual(str(parsed_network(text)), expected)
        self.assertIsNone(parsed_network("ben!*@*"))

    def test_what_is_near(self) -> None:
        self.assertTrue(is_loopback("::ffff:127.0.0.1"))
        self.assertTrue(is_local("::ffff:10.0.0.1"))
        self.assertFalse(is_local("::ffff:8.8.8.8"))
        self.assertFalse(is_loopback("10.0.0.1"))


if __name__ == "__main__":
    unittest.main()
