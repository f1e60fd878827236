"""Addresses of servers as people write them."""

from __future__ import annotations

import unittest

from chatapp.protocol.addresses import join_host_port, parse_port, split_host_port


class Addresses(unittest.TestCase):
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
