"""Guests who can come back with their key: their last nick, and when they left."""

from __future__ import annotations

from chatapp.server.state.guest_nicks import AbsentGuest
from chatapp.server.storage.statements import Queryable, Save, Statement

_UPSERT = Statement(
    "store a guest", "INSERT OR REPLACE INTO guests (identity, nick, host, since) VALUES (?, ?, ?, ?)"
)
_DELETE = Statement("delete a guest", "DELETE FROM guests WHERE identity = ?")
_DELETE_MARKERS = Statement("delete markers of a guest", "DELETE FROM markers WHERE owner = ?")


def load_all(database: Queryable, started: int) -> list[AbsentGuest]:
    """Return all guests, those who left first at the beginning.

    Args:
        started: When the server started, in milliseconds: who was connected when it ended, left then.
    """
    rows = database.rows(
        "SELECT identity, nick, host, CASE since WHEN 0 THEN :started ELSE min(since, :started) END AS left"
        " FROM guests ORDER BY left, identity",
        {"started": started},
    )
    return [AbsentGuest(*row) for row in rows]


def upsert(guest: AbsentGuest) -> Save:
    """Store a guest; `since` is 0 while the guest is connected."""
    return Save(_UPSERT, tuple(guest))


def delete(identity: str) -> list[Save]:
    """Forget a guest with its read markers."""
    return [Save(_DELETE, (identity,)), Save(_DELETE_MARKERS, (identity,))]
