"""The `Host` and `Origin` of browsers: how they are parsed, and which ones mean this server."""

from __future__ import annotations

import unittest

from chatapp.protocol.http_origin import (
    Authority,
    is_own_host,
    is_same_origin,
    parse_authority,
    parse_origin,
)

NAMES = frozenset({"chat.example", "*.lan.example"})


class Reading(unittest.TestCase):
    def test_a_host_is_normalized(self) -> None:
        for text, authority in (
            ("chat.example", Authority("chat.example", None)),
            ("CHAT.Example.:5000", Authority("chat.example", 5000)),
            ("192.0.2.7:0", Authority("192.0.2.7", 0)),
            ("[2001:DB8:0::1]:443", Authority("2001:db8::1", 443)),
            ("chat.example:", Authority("chat.example", None)),
        ):
            with self.subTest(text):
                self.assertEqual(parse_authority(text), authority)

    def test_an_origin_has_the_port_of_its_scheme(self) -> None:
        self.assertEqual(parse_origin("https://chat.example"), ("https", Authority("chat.example", 443)))
        self.assertEqual(parse_origin("HTTP://chat.example"), ("http", Authority("chat.example", 80)))
        self.assertEqual(parse_origin("https://h:5000"), ("https", Authority("h", 5000)))
        self.assertEqual(parse_origin("app://h"), ("app", Authority("h", None)))

    def test_anything_else_is_refused(self) -> None:
        for text in ("", "a b", "h:65536", "h:x", "user@h", "::1", "[::g]", "h/path", "h:123456"):
            with self.subTest(text):
                self.assertRaises(ValueError, parse_authority, text)
        for text in (
            "null",
            "",
            "chat.example",
            "https://",
            "https://h/path",
            "https://a b",
            "https://h:65536",
        ):
            with self.subTest(text):
                self.assertRaises(ValueError, parse_origin, text)


class Comparing(unittest.TestCase):
    def test_a_page_of_the_same_server(self) -> None:
        """RFC 6454 section 5: scheme, host and port are equal; the default port may be missing."""
        for origin, host, expected in (
            ("https://chat.example", "chat.example", True),
            ("https://chat.example", "chat.example:443", True),
            ("http://chat.example:5000", "CHAT.example:5000", True),
            ("https://chat.example", "chat.example:5000", False),
            ("https://evil.example", "chat.example", False),
            ("null", "chat.example", False),
            ("https://chat.example", "", False),
        ):
            with self.subTest(origin, host=host):
                self.assertIs(is_same_origin(origin, host), expected)

    def test_a_host_of_this_server(self) -> None:
        """Any address is accepted: DNS cannot make it point to another computer."""
        for host, expected in (
            ("localhost", True),
            ("chat.example", True),
            ("laptop.lan.example", True),
            ("192.0.2.7", True),
            ("2001:db8::1", True),
            ("lan.example", False),
            ("a.b.lan.example", False),
            ("evil.example", False),
            ("", False),
        ):
            with self.subTest(host):
                self.assertIs(is_own_host(host, NAMES), expected)


if __name__ == "__main__":
    unittest.main()
