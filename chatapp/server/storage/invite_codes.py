"""Codes of invitations: who makes an account with one has been let in by somebody in charge.

    k3x9-abcd-efgh-jkmn

The first group is how a code is called in lists. Of the whole of it only a hash is kept; it is random enough
that nobody finds it from that, so the hash need not be slow.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Any

from chatapp.protocol.timestamps import iso
from chatapp.server.storage.database import Reader

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
GROUPS, GROUP = 4, 4
DAY = 86_400_000  # milliseconds

USES, DAYS = 1, 7  # of a code when nobody says otherwise
MOST_USES, MOST_DAYS = 100_000, 3650

_COLUMNS = "label, digest, uses, until, by, at"


@dataclass(frozen=True, slots=True)
class InviteCode:
    """Takes  uses: how many are left; at, until: milliseconds, no end when 0"""

    label: str
    digest: bytes = field(repr=False)
    uses: int
    until: int
    by: str
    at: int

    def is_good(self, now: int) -> bool:
        """Whether it may still be used."""
        return self.uses > 0 and (not self.until or now < self.until)

    def fits(self, typed: str, now: int) -> bool:
        """Whether this is the code, and it may still be used."""
        return hmac.compare_digest(self.digest, _digest(typed)) and self.is_good(now)

    @property
    def terms(self) -> str:
        """What it is good for, in words."""
        accounts = "1 account" if self.uses == 1 else f"{self.uses} accounts"
        return f"{accounts}, {f'until {iso(self.until)[:10]}' if self.until else 'for ever'}"

    @property
    def row(self) -> tuple[Any, ...]:
        """For the "code" write."""
        return self.label, self.digest, self.uses, self.until, self.by, self.at


def spelled() -> str:
    """A new secret, at random, that is easy to read out and to type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def unused(reader: Reader) -> str:
    """A new code, with a first group that no other has."""
    while find(reader, code := spelled()):
        continue
    return code


def kept(typed: str, uses: int, days: int, by: str, now: int) -> InviteCode:
    """What is kept of a new code. Takes  days: 0 is for ever"""
    return InviteCode(label_of(typed), _digest(typed), uses, now + days * DAY if days else 0, by, now)


def find(reader: Reader, typed: str) -> InviteCode | None:
    """What is kept of the code that somebody typed, or of which they typed the first group."""
    rows = reader.rows(f"SELECT {_COLUMNS} FROM codes WHERE label = ?", (label_of(typed),))
    return next((InviteCode(*row) for row in rows), None)


def every(reader: Reader) -> list[InviteCode]:
    """All codes, the oldest first."""
    return [InviteCode(*row) for row in reader.rows(f"SELECT {_COLUMNS} FROM codes ORDER BY at")]


def label_of(typed: str) -> str:
    """How the code is called that somebody typed, in whatever form."""
    return _letters(typed)[:GROUP]


def _digest(typed: str) -> bytes:
    return hashlib.sha256(_letters(typed).encode()).digest()


def _letters(typed: str) -> str:
    """Without what people add: hyphens, spaces, capitals."""
    return "".join(letter for letter in typed.casefold() if letter in LETTERS)
