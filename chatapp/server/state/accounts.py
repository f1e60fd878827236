"""Accounts: registered names with a password and a role.

All accounts are in memory, so that no command has to wait for the database to check a name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from chatapp.protocol import names
from chatapp.protocol.credentials import InvalidPassword, prepare

Role = Literal["member", "moderator", "owner"]

ROLES: tuple[Role, ...] = get_args(Role)
"""All roles, the lowest first."""

ROLE_RANKS: dict[Role, str] = {"member": "", "moderator": "o", "owner": "q"}
"""The rank that users of a role have in the default channels, as a mode letter; see `World.rank_of_role`."""

SERVICES = {"nickserv": "NickServ", "chanserv": "ChanServ"}
"""The nicks of the services, by folded nick. No user or account may have them."""


class BadPassword(ValueError):
    """A text that cannot be a password. The message is a sentence that says why.

    Args:
        is_weak: Whether the only problem is that it is too easy to guess.
    """

    def __init__(self, reason: str, is_weak: bool = False) -> None:
        super().__init__(reason)
        self.is_weak = is_weak


@dataclass(frozen=True, slots=True)
class Account:
    """An account.

    Args:
        credentials: As `Credentials.stored` returns them.
        created: Milliseconds.
        number: Unique, also among earlier accounts of the same name. 0 for accounts from before there were
            numbers.
        guest: The author number of the guest who made the account, see `User.author`; 0 for nobody.
    """

    name: str
    credentials: str = field(repr=False)
    role: Role
    email: str
    created: int
    number: int = 0
    guest: int = 0

    @property
    def folded(self) -> str:
        """The folded name, by which it is looked up and stored."""
        return names.fold(self.name)

    @property
    def identity(self) -> str:
        """The key under which its direct messages, markers and metadata are stored."""
        return f"={self.folded}.{self.number:x}" if self.number else f"={self.folded}"

    def is_author(self, author: int, name: str, time: int) -> bool:
        """Return whether this account sent a message.

        Args:
            author: What was stored with the message, see `User.author`.
            name: The stored name of the account; empty for a guest.
            time: The time of the message, in milliseconds.
        """
        if not name:
            return bool(self.guest) and author == self.guest
        if self.number:
            return author == self.number
        return names.fold(name) == self.folded and time >= self.created


def name_of_identity(identity: str) -> str:
    """Return the folded name of the account with an identity; empty for the identity of a guest."""
    return identity[1:].partition(".")[0] if identity.startswith("=") else ""


def is_account_name(name: str, longest: int) -> bool:
    """Return whether an account may have this name. The rules are those of nicks."""
    return names.is_nick(name, longest) and names.fold(name) not in SERVICES


def check_password(password: str, longest: int, shortest: int) -> None:
    """Check that a text can be a password.

    Args:
        longest: The largest number of bytes.
        shortest: The smallest number of characters.

    Raises:
        BadPassword: It is too long, too short, or has characters that SASL does not allow.
    """
    if len(password.encode()) > longest:
        raise BadPassword(f"A password has at most {longest} bytes")
    try:
        prepare(password)
    except InvalidPassword as error:
        raise BadPassword(str(error).capitalize()) from error
    if len(password) < shortest:
        raise BadPassword(f"A password has at least {shortest} characters", is_weak=True)
