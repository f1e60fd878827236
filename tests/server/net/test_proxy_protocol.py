"""The PROXY protocol: valid headers, in one piece and byte by byte, and invalid ones."""

from __future__ import annotations

import struct
import unittest
from ipaddress import ip_address

from chatapp.server.net.proxy_protocol import BadHeader, ProxiedClient, read

SIGNATURE = bytes.fromhex("0d0a0d0a000d0a515549540a")


def binary(family: int, block: bytes, version_command: int = 0x21) -> bytes:
    """Return a header of version 2."""
    return SIGNATURE + struct.pack("!BBH", version_command, family, len(block)) + block


def addresses(source: str, target: str, source_port: int = 56324, target_port: int = 443) -> bytes:
    """Return the address block of two endpoints."""
    packed = ip_address(source).packed + ip_address(target).packed
    return packed + struct.pack("!HH", source_port, target_port)


def value(kind: int, data: bytes) -> bytes:
    return struct.pack("!BH", kind, len(data)) + data


INET = addresses("198.51.100.22", "203.0.113.7")
INET6 = addresses("2001:db8::22", "2001:db8::7")
TLS = value(0x20, b"\x01" + struct.pack("!I", 1) + value(0x21, b"TLSv1.3"))
NO_TLS = value(0x20, b"\x00" + struct.pack("!I", 1))
FROM = ProxiedClient(("198.51.100.22", 56324))

GOOD = {
    "a line over IPv4": (b"PROXY TCP4 198.51.100.22 203.0.113.7 56324 443\r\n", FROM),
    "a line over IPv6": (b"PROXY TCP6 2001:DB8::22 ::1 0 65535\r\n", ProxiedClient(("2001:db8::22", 0))),
    "IPv4 written as IPv6": (b"PROXY TCP6 ::ffff:198.51.100.22 ::1 56324 1\r\n", FROM),
    "a proxy that does not know": (b"PROXY UNKNOWN\r\n", ProxiedClient()),
    "the longest line": (b"PROXY UNKNOWN" + b" ffff" * 18 + b"  \r\n", ProxiedClient()),
    "binary over IPv4": (binary(0x11, INET), FROM),
    "binary over IPv6": (binary(0x21, INET6), ProxiedClient(("2001:db8::22", 56324))),
    "with values": (binary(0x11, INET + value(0x04, b"") + value(0x02, b"chat.example")), FROM),
    "through TLS": (binary(0x11, INET + value(0xE1, b"x") + TLS), ProxiedClient(FROM.peer, is_secure=True)),
    "not through TLS": (binary(0x11, INET + NO_TLS), FROM),
    "the value of TLS is too short": (binary(0x11, INET + value(0x20, b"\x01")), FROM),
    "the proxy itself": (binary(0x00, b"", 0x20), ProxiedClient()),
    "the proxy itself, with addresses": (binary(0x11, INET + TLS, 0x20), ProxiedClient()),
    "unspecified": (binary(0x00, b"anything"), ProxiedClient()),
    "UDP": (binary(0x12, INET), ProxiedClient()),
    "a socket of Unix": (binary(0x31, bytes(216)), ProxiedClient()),
}
BAD = {
    "a client": b"NICK ann\r\n",
    "TLS": b"\x16\x03\x01",
    "no word after PROXY": b"PROXY\r\n",
    "small letters": b"proxy TCP4 198.51.100.22 203.0.113.7 56324 443\r\n",
    "another family": b"PROXY UDP4 198.51.100.22 203.0.113.7 56324 443\r\n",
    "two spaces": b"PROXY TCP4  198.51.100.22 203.0.113.7 56324 443\r\n",
    "a word too many": b"PROXY TCP4 198.51.100.22 203.0.113.7 56324 443 1\r\n",
    "a word too few": b"PROXY TCP4 198.51.100.22 203.0.113.7 56324\r\n",
    "an address of the other family": b"PROXY TCP4 ::1 ::1 56324 443\r\n",
    "a zero before a number": b"PROXY TCP4 198.051.100.22 203.0.113.7 56324 443\r\n",
    "an address with a zone": b"PROXY TCP6 fe80::1%eth0 ::1 56324 443\r\n",
    "a host name": b"PROXY TCP4 localhost 203.0.113.7 56324 443\r\n",
    "a bad target": b"PROXY TCP4 198.51.100.22 203.0.113.256 56324 443\r\n",
    "a port too high": b"PROXY TCP4 198.51.100.22 203.0.113.7 65536 443\r\n",
    "a port with a zero before it": b"PROXY TCP4 198.51.100.22 203.0.113.7 56324 0443\r\n",
    "a port below zero": b"PROXY TCP4 198.51.100.22 203.0.113.7 -1 443\r\n",
    "digits of another script": "PROXY TCP4 198.51.100.22 203.0.113.7 ١ 443\r\n".encode(),
    "only LF at the end": b"PROXY TCP4 198.51.100.22 203.0.113.7 56324 443\n\r\n",
    "a line that is too long": b"PROXY UNKNOWN" + b" ffff" * 18 + b"   \r\n",
    "a line that does not end": b"PROXY UNKNOWN" + b" " * 94,
    "version 1 in the form of version 2": binary(0x11, INET, 0x11),
    "an unknown command": binary(0x11, INET, 0x22),
    "an unknown family": binary(0x41, INET),
    "an unknown transport": binary(0x13, INET),
    "no room for the addresses": binary(0x11, INET[:-1]),
    "IPv4 addresses for IPv6": binary(0x21, INET),
    "a value that is cut off": binary(0x11, INET + TLS + value(0x02, b"chat.example")[:-1]),
    "half of a value's length": binary(0x11, INET + b"\x04\x00"),
}


class Headers(unittest.TestCase):
    def test_valid_headers_are_parsed_and_the_rest_is_left(self) -> None:
        for name, (header, origin) in GOOD.items():
            for rest in (b"", b"\x16\x03\x01", b"NICK ann\r\n"):
                with self.subTest(name, rest=rest):
                    self.assertEqual(read(header + rest), (origin, rest))

    def test_a_header_may_come_byte_by_byte(self) -> None:
        for name, (header, _) in GOOD.items():
            for length in range(len(header)):
                with self.subTest(name, length=length):
                    self.assertIsNone(read(header[:length]))

    def test_anything_else_is_invalid(self) -> None:
        for name, data in BAD.items():
            with self.subTest(name), self.assertRaises(BadHeader):
                read(data)

    def test_a_line_that_is_too_long_is_refused_before_its_end(self) -> None:
        self.assertIsNone(read(b"PROXY UNKNOWN" + b" " * 93))
        with self.assertRaises(BadHeader):
            read(b"PROXY UNKNOWN" + b" " * 94)
