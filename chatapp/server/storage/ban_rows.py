"""Bans from the whole server."""

from __future__ import annotations

from chatapp.server.state.bans import Ban
from chatapp.server.storage.statements import Queryable, Save, Statement

_UPSERT = Statement(
    "store a ban", "INSERT OR REPLACE INTO bans (mask, reason, by, at, until) VALUES (?, ?, ?, ?, ?)"
)
_DELETE = Statement("delete a ban", "DELETE FROM bans WHERE mask = ?")


def load_all(database: Queryable) -> list[Ban]:
    """Return every ban, expired ones too, the oldest first."""
    return [
        Ban._make(row) for row in database.rows("SELECT mask, reason, by, at, until FROM bans ORDER BY at")
    ]


def upsert(ban: Ban) -> Save:
    """Store a ban, in place of an earlier one with the same mask."""
    return Save(_UPSERT, tuple(ban))


def delete(ban: Ban) -> Save:
    """Delete a ban."""
    return Save(_DELETE, (ban.mask,))
