"""Hostile text and bytes, random but seeded, so that a failure can be reproduced."""

from __future__ import annotations

import random
import unittest
from collections.abc import Callable, Iterator, Sequence
from typing import Any

WORDS = (
    "", " ", "*", ":", "::", "@", "#", "-", "+", "=", ",", ";", ".", "/", "%", "[", "]", "[::1]", "[::1",
    "::1", "0", "-1", "00", "1e9", "٣", "²", "①", "9999999999999999999", "99999999999999999999", "9" * 5000,
    "0" * 5000, "65535", "65536", "inf", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
    "10000-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59", "2026-W01-1", "20260101T00Z", "Z", "T", "-0Z", "timestamp=", "timestamp=Z",
    "msgid=", "msgid=x", "msgid=-1", "msgid=" + "f" * 20, "msgid=0x1", "msgid=1_0", "127.0.0.1", "127.1",
    "256.0.0.1", "1.2.3.4/33", "::/129", "::ffff:1.2.3.4/95", "::1%", "fe80::1%eth0", "http://[", "http://",
    "ircs://", "ircs://[", "ircs://a:99999999", "ircs://%ff", "irc://a/%", "ircs://a?pin=x", "a=b", "a=\\",
    "\\s\\n\\r\\:", "=", "==", "AAAA", "A", "AA=", "AAA", "=AAA", "n,,n=a,r=b", "y,,", "p=x,,", "c=biws",
    "r=x,s=AA==,i=4096", "v=x", "e=x", "(ov)@+", "(", "()", "\\x", "\\x41", "\\xzz", "SCRAM-SHA-256$1:$:",
    "ann", "ann!a@b", "!@", "*!*@*", "~account:", "~a", "~m:*!*@*", "#c", "#" + "x" * 300, "é", "e\u0301",
    "ﬀ", "İ", "\ud800", "\U0010ffff", "\u202e", "\u2028", "\ufeff", "\x00", "\x01", "\x1b[2J", "\x7f",
    "\x9b", "\t", "\r\n",
)  # fmt: skip
"""Difficult inputs for parsers of numbers, times, addresses, links, base64, tags, names and masks."""


def texts(seed: int, count: int, more: Sequence[str] = ()) -> Iterator[str]:
    """Random texts of one to four words, some of them corrupted.

    Args:
        more: further words to choose from.
    """
    drawn = random.Random(seed)
    words = (*WORDS, *more, *more)
    for _ in range(count):
        between = drawn.choice(("", " ", ":", "=", ",", ";", "/"))
        text = between.join(drawn.choices(words, k=drawn.randint(1, 4)))
        if text and drawn.random() < 0.3:
            at = drawn.randrange(len(text))
            other = chr(drawn.choice((0, 9, 10, 13, 37, 91, 0x661, drawn.randrange(0xD800))))
            text = text[:at] + other + text[at + 1 :]
        yield text


def blocks(seed: int, count: int, samples: Sequence[bytes]) -> Iterator[bytes]:
    """Random bytes, or samples that are joined, cut, and changed in some bytes."""
    drawn = random.Random(seed)
    for _ in range(count):
        if drawn.random() < 0.2:
            yield drawn.randbytes(drawn.randrange(80))
            continue
        data = bytearray(b"".join(drawn.choices(samples, k=drawn.randint(1, 2))))
        for _ in range(drawn.randrange(6)):
            if data:
                byte = drawn.choice((0, 10, 13, 32, 0x7F, 0x80, 0xC0, 0xFF, drawn.randrange(256)))
                data[drawn.randrange(len(data))] = byte
        yield bytes(data[: drawn.randrange(len(data) + 1)] if drawn.random() < 0.5 else data)


class ParserTest(unittest.TestCase):
    """A test of a parser of text from peers."""

    def assertReads(self, read: Callable[[Any], object], given: Any, *documented: type[Exception]) -> None:
        """Check that a parser raises only the exceptions that it documents."""
        try:
            read(given)
        except documented:
            return
        except Exception as error:
            error.add_note(f"{read} of {given!r}")
            raise
