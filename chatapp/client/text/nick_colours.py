"""The colour of a nick: one of sixteen, the same everywhere and in every run."""

from __future__ import annotations

from zlib import crc32

COLOURS = 16  # in the palette of a front-end


def nick_colour(nick: str) -> int:
    """Return an index from 0 to 15. It does not depend on letter case, nor on the run as `hash()` does."""
    return crc32(nick.casefold().encode(errors="replace")) % COLOURS
