"""Invite codes: with one, a guest may join or register an account where that needs an invitation.

    k7qx-29fm

The first group is the label of a code in lists. The code itself is stored too, because owners show it again,
as a link or a picture. Anyone who can read the database can read all messages anyway. Codes of earlier
versions are stored only as a hash.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from chatapp.protocol.code_text import GROUP, GROUPS, LETTERS, letters
from chatapp.protocol.numbers import counted
from chatapp.protocol.timestamps import DAY_MILLISECONDS, iso
from chatapp.server.storage.statements import Queryable, Save, Statement

SECRET_GROUPS = 4  # of a secret that nothing else protects

DEFAULT_USES, DEFAULT_DAYS = 1, 7
MAX_USES, MAX_DAYS = 100_000, 3650

_COLUMNS = "label, digest, uses, until, by, at, code, used"

_UPSERT = Statement(
    "store an invite code",
    "INSERT OR REPLACE INTO codes (label, digest, uses, until, by, at, code, used)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
)
_USE = Statement("use an invite code", "UPDATE codes SET uses = uses - 1, used = used + 1 WHERE label = ?")
_COUNT = Statement("count a use of an invite code", "UPDATE codes SET used = used + 1 WHERE label = ?")
_ADD_GUEST = Statement("store an invited guest", "INSERT OR IGNORE INTO invited (label, guest) VALUES (?, ?)")
_DELETE_GUEST = Statement("forget an invited guest", "DELETE FROM invited WHERE label = ? AND guest = ?")
_DELETE = Statement("delete an invite code", "DELETE FROM codes WHERE label = ?")
_DELETE_EXPIRED = Statement(
    "delete expired invite codes",
    "DELETE FROM codes WHERE until BETWEEN 1 AND ?"
    " OR uses < 1 AND NOT EXISTS (SELECT 1 FROM invited WHERE invited.label = codes.label)",
)


@dataclass(frozen=True, slots=True)
class InviteCode:
    """A stored code.

    Args:
        digest: SHA-256 of its letters.
        uses: How many more people can use it.
        until: When it expires, in milliseconds; 0 for never.
        by: The nick of its creator, or the name of a program.
        at: When it was created, in milliseconds.
        code: The code itself; empty for one of an earlier version.
        used: How many people have used it.
    """

    label: str
    digest: bytes = field(repr=False)
    uses: int
    until: int
    by: str
    at: int
    code: str = field(default="", repr=False)
    used: int = 0

    def has_ended(self, now: int) -> bool:
        """Return whether it has expired."""
        return bool(self.until) and now >= self.until

    def is_valid(self, now: int) -> bool:
        """Return whether it may still be used."""
        return self.uses > 0 and not self.has_ended(now)

    def is_typed(self, typed: str) -> bool:
        """Return whether this is the code that was typed."""
        return hmac.compare_digest(self.digest, _digest(typed))

    def matches(self, typed: str, now: int) -> bool:
        """Return whether this is the code that was typed, and it may still be used."""
        return self.is_typed(typed) and self.is_valid(now)

    @property
    def terms(self) -> str:
        """How many can use it and until when, to show to users."""
        people = counted(self.uses, "person", "people")
        return f"{people}, {f'until {iso(self.until)[:10]}' if self.until else 'for ever'}"


def random_code(groups: int = SECRET_GROUPS) -> str:
    """Return a new random secret that is easy to read out and to type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(groups))


def new_code(database: Queryable) -> str:
    """Return a new random code whose label no other code has."""
    while find(database, code := random_code(GROUPS)):
        continue
    return code


def make_record(typed: str, uses: int, days: int, by: str, now: int) -> InviteCode:
    """Return the row of a new code. With 0 `days` it never expires."""
    until = now + days * DAY_MILLISECONDS if days else 0
    return InviteCode(label_of(typed), _digest(typed), uses, until, by, now, typed)


def find(database: Queryable, typed: str) -> InviteCode | None:
    """Return the stored code with the label of a typed code, or of its first group."""
    rows = database.rows(f"SELECT {_COLUMNS} FROM codes WHERE label = ?", (label_of(typed),))
    return next((InviteCode(*row) for row in rows), None)


def load_all(database: Queryable) -> list[InviteCode]:
    """Return all codes, the oldest first."""
    return [InviteCode(*row) for row in database.rows(f"SELECT {_COLUMNS} FROM codes ORDER BY at")]


def load_beginning_with(database: Queryable, start: str, most: int) -> list[InviteCode]:
    """Return the codes whose letters begin like this, the newest first, at most so many."""
    query = f"SELECT {_COLUMNS} FROM codes WHERE substr(label, 1, ?) = ? ORDER BY at DESC LIMIT ?"
    return [InviteCode(*row) for row in database.rows(query, (len(start), start, most))]


def upsert(code: InviteCode) -> Save:
    """Store a code."""
    values = (code.label, code.digest, code.uses, code.until, code.by, code.at, code.code, code.used)
    return Save(_UPSERT, values)


def use(code: InviteCode) -> Save:
    """Count one use."""
    return Save(_USE, (code.label,))


def use_freely(code: InviteCode) -> Save:
    """Count one use where nobody needs a code: as many people as before can use it later."""
    return Save(_COUNT, (code.label,))


def has_guest(database: Queryable, typed: str, guests: Sequence[str]) -> bool:
    """Return whether a guest has joined with a code before.

    Args:
        guests: All of these were stored by `insert_guest`: the key, or the nick and the address.
    """
    rows = database.rows("SELECT guest FROM invited WHERE label = ?", (label_of(typed),))
    return set(guests) <= {guest for (guest,) in rows}


def insert_guest(label: str, guest: str) -> Save:
    """Remember by what a guest is recognised who joined with a code: coming back is not another use of it."""
    return Save(_ADD_GUEST, (label, guest))


def delete_guest(label: str, guest: str) -> Save:
    """Forget one thing by which a guest was recognised."""
    return Save(_DELETE_GUEST, (label, guest))


def delete(code: InviteCode) -> Save:
    """Delete a code."""
    return Save(_DELETE, (code.label,))


def delete_expired(now: int) -> Save:
    """Delete the codes that are used up or expired. `now` is in milliseconds."""
    return Save(_DELETE_EXPIRED, (now,))


def label_of(typed: str) -> str:
    """Return the label of a code as it was typed."""
    return letters(typed)[:GROUP]


def _digest(typed: str) -> bytes:
    return hashlib.sha256(letters(typed).encode()).digest()
