"""Times that another computer sends: ISO 8601, as in the `time` tag.

Source: IRCv3 server-time
"""

from __future__ import annotations

from datetime import UTC, datetime

EARLIEST = 0.0  # Unix seconds of 1970-01-01; no message is older
LATEST = datetime(2101, 1, 1, tzinfo=UTC).timestamp()


def seconds(stamp: str | None) -> float | None:
    """Read a time that a server sent.

    Args:
        stamp: ISO 8601; without a zone it is UTC. None and an empty text are no time.

    Returns:
        Unix seconds, or None for anything that is not a time in the years 1970 to 2100. A time outside of
        them is a mistake or an attack, and not every platform can show it.
    """
    if not stamp:
        return None
    try:
        moment = datetime.fromisoformat(stamp)
        found = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    return found if EARLIEST <= found < LATEST else None


def named(text: str) -> float | None:
    """Read the `timestamp=…` of CHATHISTORY or MARKREAD.

    Returns:
        Unix seconds, or None for anything else, `*` among it.
    """
    kind, _, stamp = text.partition("=")
    return seconds(stamp) if kind == "timestamp" else None


def written(time: float) -> str:
    """Write Unix seconds as a server expects them: UTC with milliseconds."""
    moment = datetime.fromtimestamp(round(max(time, EARLIEST) * 1000) / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
