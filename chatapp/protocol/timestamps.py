"""Times in IRC messages: ISO 8601 in UTC with milliseconds, `2026-03-12T09:58:00.123Z`.

The server counts milliseconds since 1970, clients count seconds. The server refuses a malformed time, the
client ignores it.

Source: IRCv3 server-time, chathistory.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import lru_cache

MINUTE_MILLISECONDS = 60_000
HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS
DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS
DAY_SECONDS = DAY_MILLISECONDS // 1000

EARLIEST = 0.0  # Unix seconds of 1970-01-01; no message is older
LATEST = datetime(2101, 1, 1, tzinfo=UTC).timestamp()


def iso(milliseconds: int) -> str:
    """Write milliseconds since 1970: `1773309480123` is `2026-03-12T09:58:00.123Z`."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{_second(seconds)}.{rest:03}Z"


def iso_or_star(milliseconds: int) -> str:
    """Write a time as a parameter; `*` for 0, which stands for no time."""
    return iso(milliseconds) if milliseconds else "*"


def iso_of_seconds(seconds: float) -> str:
    """Write Unix seconds; a time before 1970 becomes 1970-01-01T00:00:00.000Z."""
    return iso(round(max(seconds, EARLIEST) * 1000))


def parse_milliseconds(text: str) -> int:
    """Read a time that a client sent. The fraction of the second may be missing.

    Returns:
        Milliseconds since 1970.

    Raises:
        ValueError: The text is not ISO 8601, or does not end with Z.
        OverflowError: The platform cannot convert the time.
    """
    if not text.endswith("Z"):
        raise ValueError("a time ends with Z")
    return round(_timestamp(text) * 1000)


def parse_seconds(text: str | None) -> float | None:
    """Read a time that a server sent.

    Args:
        text: ISO 8601; without a zone it is UTC. None and an empty text are no time.

    Returns:
        Unix seconds, or None for anything that is not a time in the years 1970 to 2100. A time outside of
        them is an error or an attack, and not every platform can show it.
    """
    if not text:
        return None
    try:
        found = _timestamp(text)
    except (ValueError, OverflowError):
        return None
    return found if EARLIEST <= found < LATEST else None


def parse_criterion_milliseconds(text: str) -> int | None:
    """Read the `timestamp=<time>` of CHATHISTORY or MARKREAD as a client sends it.

    Returns:
        Milliseconds since 1970, or None for anything else.
    """
    try:
        stamp = _criterion(text)
        return None if stamp is None else parse_milliseconds(stamp)
    except (ValueError, OverflowError):
        return None


def parse_criterion_seconds(text: str) -> float | None:
    """Read the `timestamp=<time>` of CHATHISTORY or MARKREAD as a server sends it.

    Returns:
        Unix seconds, or None for anything else, including `*`.
    """
    return parse_seconds(_criterion(text))


def _criterion(text: str) -> str | None:
    kind, _, stamp = text.partition("=")
    return stamp if kind == "timestamp" else None


def _timestamp(text: str) -> float:
    """Return the Unix seconds of an ISO 8601 text; without a zone it is UTC."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


@lru_cache(maxsize=1024)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
