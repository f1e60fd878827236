"""Invite codes: with one, a new user may register an account where registration needs an invitation.

    k3x9-abcd-efgh-jkmn

The first group is the label of a code in lists. Only a hash of the whole code is stored. A code is random
enough that it cannot be found from the hash, so the hash need not be slow.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from chatapp.protocol.timestamps import DAY_MILLISECONDS, iso
from chatapp.server.storage.statements import Queryable, Save, Statement

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without characters that look alike
GROUPS, GROUP = 4, 4  # groups of a code, characters of a group

DEFAULT_USES, DEFAULT_DAYS = 1, 7
MAX_USES, MAX_DAYS = 100_000, 3650

_COLUMNS = "label, digest, uses, until, by, at"

_UPSERT = Statement(
    "store an invite code",
    "INSERT OR REPLACE INTO codes (label, digest, uses, until, by, at) VALUES (?, ?, ?, ?, ?, ?)",
)
_USE = Statement("use an invite code", "UPDATE codes SET uses = uses - 1 WHERE label = ?")
_DELETE = Statement("delete an invite code", "DELETE FROM codes WHERE label = ?")
_DELETE_EXPIRED = Statement(
    "delete expired invite codes", "DELETE FROM codes WHERE uses < 1 OR until BETWEEN 1 AND ?"
)


@dataclass(frozen=True, slots=True)
class InviteCode:
    """A stored code.

    Args:
        digest: SHA-256 of its letters.
        uses: How many accounts can still be registered with it.
        until: When it expires, in milliseconds; 0 for never.
        by: The nick of its creator, or the name of a program.
        at: When it was created, in milliseconds.
    """

    label: str
    digest: bytes = field(repr=False)
    uses: int
    until: int
    by: str
    at: int

    def is_valid(self, now: int) -> bool:
        """Whether it may still be used."""
        return self.uses > 0 and (not self.until or now < self.until)

    def matches(self, typed: str, now: int) -> bool:
        """Whether this is the code that was typed, and it may still be used."""
        return hmac.compare_digest(self.digest, _digest(typed)) and self.is_valid(now)

    @property
    def terms(self) -> str:
        """The number of accounts and the expiry date, to show to users."""
        accounts = "1 account" if self.uses == 1 else f"{self.uses} accounts"
        return f"{accounts}, {f'until {iso(self.until)[:10]}' if self.until else 'for ever'}"


def random_code() -> str:
    """Return a new random secret that is easy to read out and to type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def new_code(database: Queryable) -> str:
    """Return a new random code whose label no other code has."""
    while find(database, code := random_code()):
        continue
    return code


def make_record(typed: str, uses: int, days: int, by: str, now: int) -> InviteCode:
    """Return the row of a new code, which contains only its hash. With 0 `days` it never expires."""
    until = now + days * DAY_MILLISECONDS if days else 0
    return InviteCode(label_of(typed), _digest(typed), uses, until, by, now)


def find(database: Queryable, typed: str) -> InviteCode | None:
    """Return the stored code with the label of a typed code, or of its first group."""
    rows = database.rows(f"SELECT {_COLUMNS} FROM codes WHERE label = ?", (label_of(typed),))
    return next((InviteCode(*row) for row in rows), None)


def load_all(database: Queryable) -> list[InviteCode]:
    """Return all codes, the oldest first."""
    return [InviteCode(*row) for row in database.rows(f"SELECT {_COLUMNS} FROM codes ORDER BY at")]


def upsert(code: InviteCode) -> Save:
    """Store a code."""
    return Save(_UPSERT, (code.label, code.digest, code.uses, code.until, code.by, code.at))


def use(code: InviteCode) -> Save:
    """Count one use."""
    return Save(_USE, (code.label,))


def delete(code: InviteCode) -> Save:
    """Delete a code."""
    return Save(_DELETE, (code.label,))


def delete_expired(now: int) -> Save:
    """Delete the codes that are used up or expired. `now` is in milliseconds."""
    return Save(_DELETE_EXPIRED, (now,))


def label_of(typed: str) -> str:
    """Return the label of a code as it was typed."""
    return _letters(typed)[:GROUP]


def _digest(typed: str) -> bytes:
    return hashlib.sha256(_letters(typed).encode()).digest()


def _letters(typed: str) -> str:
    """Remove hyphens, spaces and capitals, which users add."""
    return "".join(letter for letter in typed.casefold() if letter in LETTERS)
