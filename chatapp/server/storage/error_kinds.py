"""Classifies errors of the database, and says what the administrator can do about them.

Source: sqlite.org/rescode.html
"""

from __future__ import annotations

import sqlite3

_FREE_SPACE = "Free some space on its disk"
_PERMIT = "Let the user who runs the server write the file and its folder"
_STOP_OTHER = "Stop the other program that locks it"
_REMEDIES = {
    sqlite3.SQLITE_BUSY: _STOP_OTHER,
    sqlite3.SQLITE_LOCKED: _STOP_OTHER,
    sqlite3.SQLITE_PROTOCOL: _STOP_OTHER,
    sqlite3.SQLITE_NOMEM: "Free some memory",
    sqlite3.SQLITE_PERM: _PERMIT,
    sqlite3.SQLITE_READONLY: _PERMIT,
    sqlite3.SQLITE_CANTOPEN: _PERMIT,
    sqlite3.SQLITE_IOERR: "Check whether its disk is full or broken",
    sqlite3.SQLITE_FULL: _FREE_SPACE,
}
"""What the administrator can do, by the primary result codes whose cause is outside of this program."""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def is_passing(error: Exception) -> bool:
    """Return whether the cause is outside of this program, so that the same write may succeed later."""
    if isinstance(error, OSError):
        return True
    if not hasattr(error, "sqlite_errorcode"):  # only errors of the library have it, not those of the module
        return isinstance(error, sqlite3.OperationalError)
    return _code(error, sqlite3.SQLITE_OK) in _REMEDIES


def is_damaged(error: Exception) -> bool:
    """Return whether the file was overwritten, or its disk is broken: it is not as SQLite wrote it."""
    return _code(error, sqlite3.SQLITE_OK) in _DAMAGED


def is_overwritten(error: Exception) -> bool:
    """Return whether the file is no SQLite database any more, so that everything written to it is lost."""
    return _code(error, sqlite3.SQLITE_OK) == sqlite3.SQLITE_NOTADB


def is_unreadable(error: Exception) -> bool:
    """Return whether a job could not read the database, for a cause outside of this program."""
    return isinstance(error, sqlite3.Error) and (is_passing(error) or is_damaged(error))


def remedy(error: Exception) -> str:
    """Return what the administrator can do, as the beginning of a sentence."""
    return _REMEDIES.get(_code(error, sqlite3.SQLITE_FULL), _FREE_SPACE)


def _code(error: Exception, default: int) -> int:
    """Return the primary result code of SQLite in an error; the default if it has none."""
    return int(getattr(error, "sqlite_errorcode", default)) & 0xFF
