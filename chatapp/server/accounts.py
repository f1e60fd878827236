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
    """Takes  credentials: in the form of `Credentials.stored`; created: milliseconds"""

    name: str
    credentials: str = field(repr=False)
    role: Role
    email: str
    created: int

    @property
    def folded(self) -> str:
        """Under which it is looked up and kept."""
        return names.fold(self.name)


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
