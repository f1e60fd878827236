"""Single values under a name, in the table `facts`: secrets, switches and counters of the server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from chatapp.protocol.server_access import read_access
from chatapp.server.state.live_settings import FILE_KEYS, LiveSettings
from chatapp.server.storage.statements import Queryable, Save, Statement

LOCKED = "locked"
"""Present and not empty while the server is closed to guests."""

OWNER_CREDENTIALS = "owner credentials"
"""The credentials that OPER checks: their password makes a user an owner."""

OWNER_KEY = "owner key"
"""With a space and the SHA-256 of a key by which the user of this computer is an owner, see `first_start`:
when it was last stored, in milliseconds with leading zeros."""

ACCOUNTS_CHANGED = "accounts changed"
"""Changes whenever another process changes an account."""

FILE_DELETED = "file deleted"
"""With a space and the id of a file that another process has deleted, until clients are told: when, in
nanoseconds with leading zeros."""

HIGHEST_CHANNEL = "highest channel"
"""The highest number that a channel ever had."""

CLOAK_SECRET = "cloak secret"
"""The key of the cloaks that replace addresses."""

FILE_PREFIX = "file prefix"
"""The first characters of the ids of all files of this server."""

IDS_AHEAD = "ids ahead"
"""Milliseconds; up to this time message ids may be ahead of the times of their messages."""

LISTENING = "listening"
"""JSON list of host and port: where the server listened when it last started."""

LIVE = "live settings"
"""JSON object of what owners have changed while the server ran, see `LiveSettings`."""

_REPLACE = Statement("store a setting", "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)")
_ADD = Statement("add a setting", "INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)")
_FORGET = Statement(
    "delete settings", "DELETE FROM facts WHERE name IN (SELECT value FROM json_each(?))", stores="record"
)
_KEEP_OWNER_KEYS = Statement(
    "delete old owner keys",
    "DELETE FROM facts WHERE name GLOB 'owner key*' AND name NOT IN "
    "(SELECT name FROM facts WHERE name GLOB 'owner key *' ORDER BY value DESC LIMIT ?)",
)


def read(database: Queryable, name: str) -> bytes | None:
    """Return the value of a setting, None when it was never stored."""
    row = database.rows("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def upsert(name: str, value: bytes) -> Save:
    """Store a setting."""
    return Save(_REPLACE, (name, value))


def listening(database: Queryable) -> list[tuple[str, int]] | None:
    """Return the addresses and ports where the server listened when it last started; None before that."""
    value = read(database, LISTENING)
    return None if value is None else [(str(host), int(port)) for host, port in json.loads(value)]


def upsert_listening(addresses: Sequence[tuple[str, int]]) -> Save:
    """Store where the server listens, for `run_server.py invite`."""
    return upsert(LISTENING, json.dumps(addresses).encode())


def live_settings(database: Queryable) -> LiveSettings:
    """Return what owners have changed while the server ran."""
    found = json.loads(read(database, LIVE) or b"{}")
    access, is_closed = read_access(found.get("access")), found.get("closed") is True
    files = {key: value for key, value in found.get("files", {}).items() if key in FILE_KEYS}
    return LiveSettings(found.get("name"), access, found.get("sharing"), is_closed, files)


def upsert_live_settings(live: LiveSettings) -> Save:
    """Store what owners have changed."""
    return upsert(LIVE, json.dumps(asdict(live)).encode())


def add(name: str, value: bytes) -> Save:
    """Store a setting unless it exists."""
    return Save(_ADD, (name, value))


def add_deleted_file(file_id: str, at: int) -> Save:
    """Note for a running server that another process has deleted a file.

    Args:
        at: When; nanoseconds.
    """
    return upsert(f"{FILE_DELETED} {file_id}", f"{at:020}".encode())


def deleted_files(database: Queryable, limit: int) -> list[str]:
    """Return the ids of files that another process has deleted, the first one first."""
    query = "SELECT name FROM facts WHERE name GLOB ? ORDER BY value LIMIT ?"
    rows = database.rows(query, (f"{FILE_DELETED} *", limit))
    return [name.removeprefix(f"{FILE_DELETED} ") for (name,) in rows]


def forget_deleted_files(ids: Sequence[str]) -> Save:
    """Note that clients were told of the deletion of these files."""
    return Save(_FORGET, (json.dumps([f"{FILE_DELETED} {each}" for each in ids]),))


def keep_owner_keys(count: int) -> Save:
    """Delete all keys of the owner but those that were stored last."""
    return Save(_KEEP_OWNER_KEYS, (count,))


def has_owner_key(database: Queryable) -> bool:
    """Return whether the owner has a key; earlier versions stored it without its hash in the name."""
    found = database.rows("SELECT 1 FROM facts WHERE name GLOB 'owner key*' LIMIT 1")
    return found.fetchone() is not None
