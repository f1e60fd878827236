"""Time as the wire writes it: milliseconds since 1970 in UTC, and ISO 8601 with a Z.

Source  IRCv3 server-time
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import lru_cache


def iso(milliseconds: int) -> str:
    """`1773309480123` as `2026-03-12T09:58:00.123Z`."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{_second(seconds)}.{rest:03}Z"


def milliseconds(text: str) -> int:
    """The way back; a time without fraction is taken too.

    Raises  ValueError when it is no such time
    """
    if not text.endswith("Z"):
        raise ValueError("a time ends with Z")
    return round(datetime.fromisoformat(text).astimezone(UTC).timestamp() * 1000)


def named(text: str) -> int | None:
    """The time of a `timestamp=…`, as milliseconds; None for anything else."""
    kind, _, value = text.partition("=")
    try:
        return milliseconds(value) if kind == "timestamp" else None
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=1024)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
