"""Ids of messages: numbers that rise with time. On the wire they are written in hexadecimal digits.

    id  =  milliseconds since 1970, shifted by 20 bits  +  a count

A million can be given in a millisecond before they run ahead of the clock.
"""

from __future__ import annotations

import secrets

COUNT_BITS = 20
MOST = (1 << 63) - 1  # that a row of SQLite may have


def first_id(milliseconds: int) -> int:
    """The lowest id that can be given from this time on."""
    return milliseconds << COUNT_BITS


def any_id(milliseconds: int) -> int:
    """An id for what no server gives a number to, apart from those that a server gives in this time."""
    half = 1 << (COUNT_BITS - 1)
    return first_id(milliseconds) + half + secrets.randbelow(half)


def time_of(number: int) -> int:
    """About when this id was given, in milliseconds."""
    return number >> COUNT_BITS


def msgid(number: int) -> str:
    """An id as a tag's value."""
    return f"{number:x}"


def own_id(msgid: str) -> int:
    """Return the number of an id that this server has made.

    Raises:
        ValueError: It is none.
    """
    return int(msgid, 16)


def number_of(text: str) -> int | None:
    """The way back; None for what is no id of ours."""
    try:
        number = int(text, 16)
    except ValueError:
        return None
    return number if 0 < number <= MOST and msgid(number) == text else None
