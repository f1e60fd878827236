"""Accounts: names that have a password, and what their owners may do.

All of them are in memory, so that no command waits for the database to know whose a name is; `store` keeps
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from chatapp.protocol import names
from chatapp.protocol.credentials import Unprepared, prepare

Role = Literal["member", "moderator", "owner"]

ROLES: tuple[Role, ...] = get_args(Role)
"""Lowest first."""

SERVICES = {"nickserv": "NickServ", "chanserv": "ChanServ"}
"""Nicks that answer for the server, so nobody may have them."""


class BadPassword(ValueError):
    """A text that may not be a password; the words say why.

    Takes  is_weak: it could be one, but not a good one
    """

    def __init__(self, words: str, is_weak: bool = False) -> None:
        super().__init__(words)
        self.is_weak = is_weak


@dataclass(frozen=True, slots=True)
class Account:
    """One account.

    Args:
        credentials: in the form of `Credentials.stored`.
        created: milliseconds.
        number: which no other account has, also none that had this name before. 0 for an account from before
            there were numbers.
    """

    name: str
    credentials: str = field(repr=False)
    role: Role
    email: str
    created: int
    number: int = 0

    @property
    def folded(self) -> str:
        """Under which it is looked up and kept."""
        return names.fold(self.name)

    @property
    def identity(self) -> str:
        """Under which its direct messages, markers and metadata are kept."""
        return f"={self.folded}.{self.number:x}" if self.number else f"={self.folded}"

    def is_author(self, author: int, name: str, time: int) -> bool:
        """Say whether this account said something.

        Args:
            author, name, time: what was kept with it: a number, the name of an account, milliseconds.
        """
        if self.number:
            return author == self.number
        return names.fold(name) == self.folded and time >= self.created


def name_of(identity: str) -> str:
    """The folded name of the account that has an identity; nothing for the identity of a guest."""
    return identity[1:].partition(".")[0] if identity.startswith("=") else ""


def is_name(name: str, longest: int) -> bool:
    """Whether an account may be called so: like a nick."""
    return names.is_nick(name, longest) and names.fold(name) not in SERVICES


def check_password(password: str, longest: int, shortest: int) -> None:
    """Check that a text may be the password of an account.

    Args:
        longest: In bytes.
        shortest: In characters.

    Raises:
        BadPassword: It may not.
    """
    if len(password.encode()) > longest:
        raise BadPassword(f"A password has at most {longest} bytes")
    try:
        prepare(password)
    except Unprepared as error:
        raise BadPassword(str(error).capitalize()) from error
    if len(password) < shortest:
        raise BadPassword(f"A password has at least {shortest} characters", is_weak=True)
