"""DER, as far as a certificate needs it: each function writes one value with its tag and its length, and
`values` reads some.

Source  ITU-T X.690
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

OCTET_STRING = 0x04

_FIRST_GENERALIZED_YEAR = 2050  # RFC 5280 section 4.1.2.5: UTCTime has two digits for the year


def value(tag: int, *contents: bytes) -> bytes:
    """Any value: its tag, its length, its contents."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def values(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The tags and contents of these values, up to the first that is not there as a whole."""
    at = 0
    while at + 2 <= len(data):
        tag, size, start = data[at], data[at + 1], at + 2
        if size >= 0x80:
            digits = size & 0x7F
            size, start = int.from_bytes(data[start : start + digits], "big"), start + digits
        at = start + size
        if at > len(data):
            return
        yield tag, data[start:at]


def boolean(true: bool) -> bytes:
    return value(0x01, b"\xff" if true else b"\x00")


def integer(number: int) -> bytes:
    """Takes  number: not below 0"""
    return value(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def bit_string(content: bytes, unused: int = 0) -> bytes:
    """Takes  unused: bits at the end that do not count"""
    return value(0x03, bytes((unused,)), content)


def octet_string(content: bytes) -> bytes:
    return value(OCTET_STRING, content)


def identifier(dotted: str) -> bytes:
    """An object identifier, such as `2.5.4.3`."""
    first, second, *rest = map(int, dotted.split("."))
    return value(0x06, *map(_base128, (first * 40 + second, *rest)))


def text(content: str) -> bytes:
    return value(0x0C, content.encode())


def sequence(*contents: bytes) -> bytes:
    return value(0x30, *contents)


def set_of(content: bytes) -> bytes:
    """A set of one."""
    return value(0x31, content)


def tagged(number: int, content: bytes) -> bytes:
    """A value within a tag of its context (EXPLICIT)."""
    return value(0xA0 | number, content)


def time(when: datetime) -> bytes:
    """Takes  when: with a time zone"""
    when = when.astimezone(UTC)
    if when.year < _FIRST_GENERALIZED_YEAR:
        return value(0x17, f"{when:%y%m%d%H%M%SZ}".encode())
    return value(0x18, f"{when:%Y%m%d%H%M%SZ}".encode())


def _base128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))
