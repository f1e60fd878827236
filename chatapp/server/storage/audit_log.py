"""The audit log: who of those in charge did what to whom. `Outbox.audit` writes it."""

from __future__ import annotations

from typing import NamedTuple

from chatapp.server.storage.database import Reader

KEPT = 100_000  # the newest
SHOWN = 50  # when nobody says how many


class AuditEntry(NamedTuple):
    """Takes  at: milliseconds; by: nick!user@host; account: empty for a guest; about: whom it concerns"""

    at: int
    by: str
    account: str
    action: str
    about: str
    words: str

    @property
    def who(self) -> str:
        """`ann (account anna)`: by whom, for people."""
        nick = self.by.partition("!")[0]
        return f"{nick} (account {self.account})" if self.account not in ("", nick) else nick


def newest(reader: Reader, count: int) -> list[AuditEntry]:
    """The last acts, oldest first."""
    rows = reader.rows(
        "SELECT at, by, account, action, about, words FROM audit ORDER BY id DESC LIMIT ?", (count,)
    )
    return [AuditEntry._make(row) for row in rows][::-1]
