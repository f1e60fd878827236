"""Which of the sixteen colours a person's name has: the same everywhere and for ever."""

from __future__ import annotations

from zlib import crc32

COUNT = 16


def nick_colour(nick: str) -> int:
    """An index from 0 to 15, not changed by the case of letters. (`hash()` differs from run to run.)"""
    return crc32(nick.casefold().encode(errors="replace")) % COUNT
