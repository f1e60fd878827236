"""Message ids: numbers that increase with time. The tag msgid has them in hexadecimal digits.

    id  =  milliseconds since 1970, shifted left by 20 bits  +  a count

A million ids can be given in a millisecond before they get ahead of the clock.
"""

from __future__ import annotations

import secrets

COUNT_BITS = 20
MAX_ID = (1 << 63) - 1
"""The highest number that a row of SQLite may have."""

MAX_LISTED = 25
"""The most msgids in one command; as many fit into a line."""


class IdCounter:
    """Gives ids. They are unique for the life of the database, also among users and accounts.

    Args:
        first: Higher than every id that was given before.
    """

    def __init__(self, first: int) -> None:
        self._next = first

    def advance(self, now: int) -> None:
        """Give no id below `first_id(now)` from now on."""
        self._next = max(self._next, first_id(now) - 1)

    def new_id(self) -> int:
        """Return an id that was never given before, not even before a restart."""
        self._next += 1
        return self._next

    def new_ids(self, count: int) -> int:
        """Return the first of `count` consecutive ids."""
        first = self._next + 1
        self._next += count
        return first

    def new_msgid(self) -> str:
        """Return a new id as the value of a msgid tag. Its number is the key of the stored message."""
        return msgid(self.new_id())


def first_id(milliseconds: int) -> int:
    """Return the lowest id that can be given at this time."""
    return milliseconds << COUNT_BITS


def random_id(milliseconds: int) -> int:
    """Return a random id that a running server does not give at this time, for other processes."""
    half = 1 << (COUNT_BITS - 1)
    return first_id(milliseconds) + half + secrets.randbelow(half)


def time_of(number: int) -> int:
    """Return approximately when an id was given, in milliseconds."""
    return number >> COUNT_BITS


def msgid(number: int) -> str:
    """Return an id as the value of a msgid tag."""
    return f"{number:x}"


def own_id(msgid: str) -> int:
    """Return the number of a msgid that this server has made."""
    return int(msgid, 16)


def parse_msgid(text: str) -> int | None:
    """Return the number of a msgid from a client; None if this server cannot have made it."""
    try:
        number = int(text, 16)
    except ValueError:
        return None
    return number if 0 < number <= MAX_ID and msgid(number) == text else None
