"""The part of DER that a certificate needs. Each function writes one kind of value; `values` reads them.

Source: ITU-T X.690.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

OCTET_STRING = 0x04

_FIRST_GENERALIZED_YEAR = 2050  # RFC 5280 section 4.1.2.5: UTCTime has two digits for the year


def value(tag: int, *contents: bytes) -> bytes:
    """Write any value: tag, length, contents."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def values(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and content of each value, up to the first incomplete one."""
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
    """Write a BOOLEAN."""
    return value(0x01, b"\xff" if true else b"\x00")


def integer(number: int) -> bytes:
    """Write an INTEGER, not negative."""
    return value(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def bit_string(content: bytes, unused: int = 0) -> bytes:
    """Write a BIT STRING, of which the last `unused` bits do not count."""
    return value(0x03, bytes((unused,)), content)


def octet_string(content: bytes) -> bytes:
    """Write an OCTET STRING."""
    return value(OCTET_STRING, content)


def identifier(dotted: str) -> bytes:
    """Write an OBJECT IDENTIFIER such as `2.5.4.3`."""
    first, second, *rest = map(int, dotted.split("."))
    return value(0x06, *map(_base128, (first * 40 + second, *rest)))


def text(content: str) -> bytes:
    """Write a UTF8String."""
    return value(0x0C, content.encode())


def sequence(*contents: bytes) -> bytes:
    """Write a SEQUENCE."""
    return value(0x30, *contents)


def set_of(content: bytes) -> bytes:
    """Write a SET with one value."""
    return value(0x31, content)


def tagged(number: int, content: bytes) -> bytes:
    """Write a value inside a context-specific tag (EXPLICIT)."""
    return value(0xA0 | number, content)


def time(when: datetime) -> bytes:
    """Write a UTCTime or GeneralizedTime. `when` needs a time zone."""
    when = when.astimezone(UTC)
    if when.year < _FIRST_GENERALIZED_YEAR:
        return value(0x17, f"{when:%y%m%d%H%M%SZ}".encode())
    return value(0x18, f"{when:%Y%m%d%H%M%SZ}".encode())


def _base128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))
