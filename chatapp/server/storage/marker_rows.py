"""Read markers: the time up to which an identity has read a channel or conversation."""

from __future__ import annotations

from chatapp.server.storage.statements import Queryable, Save, Statement, number

_UPSERT = Statement(
    "store a read marker",
    "INSERT INTO markers (owner, target, time) VALUES (?, ?, ?)"
    " ON CONFLICT (owner, target) DO UPDATE SET time = max(time, excluded.time)",
)


def load_all(database: Queryable) -> dict[str, dict[str, int]]:
    """Return every read marker in milliseconds, by identity and target."""
    markers: dict[str, dict[str, int]] = {}
    for owner, target, time in database.rows("SELECT owner, target, time FROM markers"):
        markers.setdefault(owner, {})[target] = time
    return markers


def last_time(database: Queryable) -> int:
    """Return the latest read marker in milliseconds, 0 when there is none."""
    return number(database, "SELECT max(time) FROM markers")


def upsert(owner: str, target: str, time: int) -> Save:
    """Store a read marker. It never moves back."""
    return Save(_UPSERT, (owner, target, time))
