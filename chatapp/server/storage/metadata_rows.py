"""Metadata of channels and accounts."""

from __future__ import annotations

from chatapp.server.storage.statements import Queryable, Save, Statement

# an identity is `=name.number`: nothing is stored for an account that another process has deleted
_UPSERT = Statement(
    "store metadata",
    "INSERT OR REPLACE INTO metadata (owner, key, value) SELECT * FROM (SELECT ? AS owner, ?, ?)"
    " WHERE owner LIKE '#%'"
    " OR substr(owner, 2, instr(owner || '.', '.') - 2) IN (SELECT folded FROM accounts)",
)
_DELETE = Statement("delete metadata", "DELETE FROM metadata WHERE owner = ? AND key = ?")


def load_all(database: Queryable) -> dict[str, dict[str, str]]:
    """Return all values, by owner (`Channel.key` or `User.identity`) and key."""
    metadata: dict[str, dict[str, str]] = {}
    for owner, key, value in database.rows("SELECT owner, key, value FROM metadata"):
        metadata.setdefault(owner, {})[key] = value
    return metadata


def upsert(owner: str, key: str, value: str) -> Save:
    """Store a value."""
    return Save(_UPSERT, (owner, key, value))


def delete(owner: str, key: str) -> Save:
    """Delete a value."""
    return Save(_DELETE, (owner, key))
