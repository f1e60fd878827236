"""What a service knows of who asks it for something, and how it answers.

Source  the services of classic IRC networks
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.accounts import Account
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


class ServiceError(Exception):
    """What a service says instead of doing it."""


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """Somebody asks a service for something."""

    world: World
    me: Session
    asker: User
    service: str
    out: Outbox

    @property
    def user(self) -> User:
        """The asker, who may have become another user of the same account while a job was done."""
        return self.me.user or self.asker

    @property
    def account(self) -> Account:
        """The account of the asker.

        Raises  Refusal
        """
        mine = self.world.account_of(self.user)
        if mine is None:
            raise ServiceError("Log in first: IDENTIFY <account> <password>")
        return mine

    def say(self, words: str) -> None:
        """A notice of the service."""
        source = f"{self.service}!{self.service}@{self.world.name}"
        self.out.reply_with(Message("NOTICE", (self.user.nick, words), source))

    def again(self, out: Outbox) -> ServiceRequest:
        """The same, when a job is done."""
        return ServiceRequest(self.world, self.me, self.asker, self.service, out)


class ServiceCommand(NamedTuple):
    """Something that a service does. A Refusal or Failed is told in words.

    Takes  fewest: words that it needs; usage: them, as HELP shows it; purpose: what for
    """

    do: Callable[[ServiceRequest, Sequence[str]], None]
    fewest: int
    usage: str
    purpose: str


def day(milliseconds: int) -> str:
    """A date for people."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%d %B %Y")
