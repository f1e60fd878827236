"""The audit log: actions of moderators and operators. `Outbox.audit` writes it, AUDIT and `log` show it."""

from __future__ import annotations

from typing import NamedTuple

from chatapp.server.storage.statements import Queryable, Save, Statement

MAX_ENTRIES = 100_000  # in the database; older ones are deleted
DEFAULT_SHOWN = 50  # entries, without a count

COMMAND_LINE = "run_server.py"
"""Who did what was done on the command line."""

_INSERT = Statement(
    "write the audit log",
    "INSERT INTO audit (at, by, account, action, about, words) VALUES (?, ?, ?, ?, ?, ?)",
    stores="record",
)
_DELETE_OLD = Statement(
    "shorten the audit log", "DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?"
)


class AuditEntry(NamedTuple):
    """One action.

    Args:
        at: Milliseconds.
        by: `nick!user@host`, or the name of a program.
        account: The account of the user who did it; empty for a guest.
        action: A command, such as KICK.
        about: The user, channel or mask that it concerned.
        details: Such as the reason.
    """

    at: int
    by: str
    account: str
    action: str
    about: str
    details: str

    @property
    def who(self) -> str:
        """The user who did it, as in `ann (account anna)`, to show to users."""
        nick = self.by.partition("!")[0]
        return f"{nick} (account {self.account})" if self.account not in ("", nick) else nick


NumberedEntry = tuple[int, AuditEntry]
"""An entry with its number; later entries have higher ones."""


def page(database: Queryable, before: int, count: int) -> list[NumberedEntry]:
    """Return the newest entries, newest first.

    Args:
        before: Only entries with lower numbers; 0 for all.
    """
    query = "SELECT id, at, by, account, action, about, words FROM audit"
    if before:
        rows = database.rows(f"{query} WHERE id < ? ORDER BY id DESC LIMIT ?", (before, count))
    else:
        rows = database.rows(f"{query} ORDER BY id DESC LIMIT ?", (count,))
    return [(number, AuditEntry._make(row)) for number, *row in rows]


def following(database: Queryable, number: int, count: int) -> list[NumberedEntry]:
    """Return the entries after one with this number, oldest first."""
    rows = database.rows(
        "SELECT id, at, by, account, action, about, words FROM audit WHERE id > ? ORDER BY id LIMIT ?",
        (number, count),
    )
    return [(number, AuditEntry._make(row)) for number, *row in rows]


def last_number(database: Queryable) -> int:
    """Return the number of the newest entry; 0 if there is none."""
    number: int = database.rows("SELECT ifnull(max(id), 0) FROM audit").fetchone()[0]
    return number


def latest(database: Queryable, count: int) -> list[AuditEntry]:
    """Return the last entries, oldest first."""
    rows = database.rows(
        "SELECT at, by, account, action, about, words FROM audit ORDER BY id DESC LIMIT ?", (count,)
    )
    return [AuditEntry._make(row) for row in rows][::-1]


def authors(database: Queryable, action: str, about: str) -> set[tuple[str, str]]:
    """Return who has done this before: the nick and the account (empty for a guest) of each."""
    rows = database.rows(
        "SELECT DISTINCT by, account FROM audit WHERE action = ? AND about = ?", (action, about)
    )
    return {(by.partition("!")[0], account) for by, account in rows}


def insert(entry: AuditEntry) -> Save:
    """Add an entry."""
    return Save(_INSERT, tuple(entry))


def insert_by_command_line(at: int, action: str, about: str, details: str) -> Save:
    """Add an entry about what was done on the command line. A running server tells operators of it."""
    return insert(AuditEntry(at, COMMAND_LINE, "", action, about, details))


def delete_old(limit: int = MAX_ENTRIES) -> Save:
    """Delete all but the newest entries."""
    return Save(_DELETE_OLD, (limit,))
