"""Storing what a turn has caused, and telling apart why that can fail.

A cause outside of this program (a full disk, a lock) may pass: see `stall`. A damaged file does not get
better, and what SQLite still takes may be lost: the server ends. Anything else is a bug, and it is in one of
the outboxes: each is stored alone then. Messages that the database refuses are dropped, for the world is the
same without them. Any other change has been made already; without it the database and the world differ.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from chatapp.server.core.message_log import is_said
from chatapp.server.core.outbox import Outbox
from chatapp.server.storage.database import Save

_SPACE = "Free some space on its disk"
_RIGHTS = "Let the user who runs the server write the file and its folder"
_OTHER = "Stop the other program that locks it"
_REMEDIES = {
    sqlite3.SQLITE_BUSY: _OTHER,
    sqlite3.SQLITE_LOCKED: _OTHER,
    sqlite3.SQLITE_PROTOCOL: _OTHER,
    sqlite3.SQLITE_NOMEM: "Free some memory",
    sqlite3.SQLITE_PERM: _RIGHTS,
    sqlite3.SQLITE_READONLY: _RIGHTS,
    sqlite3.SQLITE_CANTOPEN: _RIGHTS,
    sqlite3.SQLITE_IOERR: "Look whether its disk is full or broken",
    sqlite3.SQLITE_FULL: _SPACE,
}
"""What helps, by the result codes whose cause is outside of this program. Source: sqlite.org/rescode.html"""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_COPY = "The server ends. Put a copy made by the command backup in its place, then start the server again."

log = logging.getLogger(__name__)


class Storage(Protocol):
    """What the core needs of the store."""

    path: Path | str

    def write(self, saves: Sequence[Save]) -> None: ...


class FatalStorageError(Exception):
    """The server has to end; the words say why and what to do."""


def keep(store: Storage, outboxes: Sequence[Outbox]) -> Exception | None:
    """Store what these outboxes have to save.

    Returns:
        What the database said, when it could not store everything and the cause may pass. What it has stored
        is no longer in the outboxes then.

    Raises:
        CannotGoOn: The database is damaged, or refuses a change that the world has made.
    """
    saves = [save for out in outboxes for save in out.saves]
    if not saves:
        return None
    try:
        store.write(saves)
    except Exception as error:
        if is_damaged(error):
            raise FatalStorageError(damage(store, error)) from error
        return error if is_passing(error) else _keep_each(store, outboxes)
    return None


def _keep_each(store: Storage, outboxes: Sequence[Outbox]) -> Exception | None:
    for out in outboxes:
        if not out.saves:
            continue
        try:
            store.write(out.saves)
            out.saves.clear()
        except Exception as error:
            if is_passing(error):
                return error
            queries = ", ".join(dict.fromkeys(query for query, _ in out.saves))
            log.exception("the database refuses what %s has caused: %s", out.me.link.address, queries)
            if not is_said(out.saves):
                words = f"The database {store.path} refuses a change that was made already: {error}."
                raise FatalStorageError(f"{words} The server ends; start it again.") from error
            out.drop(f"Not said, the server cannot keep it: {error}")
            out.finish()
    return None


def is_passing(error: Exception) -> bool:
    """Whether the cause is outside of this program: the database may accept later what it refuses now."""
    if isinstance(error, OSError):
        return True
    if not hasattr(error, "sqlite_errorcode"):  # the library sets it, and nobody else
        return isinstance(error, sqlite3.OperationalError)
    return _code(error, sqlite3.SQLITE_OK) in _REMEDIES


def is_damaged(error: Exception) -> bool:
    """Whether the file is not as SQLite wrote it: something has overwritten it, or its disk is broken."""
    return _code(error, sqlite3.SQLITE_OK) in _DAMAGED


def is_overwritten(error: Exception) -> bool:
    """Whether the file is no database any more, so that what is written to it is lost."""
    return _code(error, sqlite3.SQLITE_OK) == sqlite3.SQLITE_NOTADB


def damage(store: Storage, error: Exception) -> str:
    """Words for an error of a damaged database, which is why the server ends."""
    return f"The database {store.path} is damaged: {error}. {_COPY}"


def is_unreadable(error: Exception) -> bool:
    """Whether a job could not read the database, for a cause outside of this program."""
    return isinstance(error, sqlite3.Error) and (is_passing(error) or is_damaged(error))


def remedy(error: Exception) -> str:
    """What somebody can do who runs the server."""
    return _REMEDIES.get(_code(error, sqlite3.SQLITE_FULL), _SPACE)


def _code(error: Exception, otherwise: int) -> int:
    """The primary result code of SQLite that an error carries, if it does."""
    return int(getattr(error, "sqlite_errorcode", otherwise)) & 0xFF
