"""The request that a service handles, its replies, and the rows of its table of commands.

Source: the services of other IRC networks.
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
    """A service refuses a request; the message is the reply."""


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A request from a user to a service."""

    world: World
    me: Session
    sender: User
    service: str
    out: Outbox

    @property
    def user(self) -> User:
        """The user; another session of the account may have changed it while a job was running."""
        return self.me.user or self.sender

    @property
    def account(self) -> Account:
        """The account of the user.

        Raises:
            ServiceError: The user is not logged in.
        """
        account = self.world.account_of(self.user)
        if account is None:
            raise ServiceError("Log in first: IDENTIFY <account> <password>")
        return account

    def reply(self, text: str) -> None:
        """Reply with a notice from the service."""
        source = f"{self.service}!{self.service}@{self.world.name}"
        self.out.reply_with(Message("NOTICE", (self.user.nick, text), source))

    def with_outbox(self, out: Outbox) -> ServiceRequest:
        """Return the same request with the outbox of a later turn, when a job is done."""
        return ServiceRequest(self.world, self.me, self.sender, self.service, out)


class ServiceCommand(NamedTuple):
    """A command of a service. Its ServiceError or FailError becomes the reply.

    Args:
        handler: Handles a request. It gets the words after the command.
        parameters: The smallest number of these words.
        usage: The parameters, as HELP shows them.
        purpose: What the command does, as HELP shows it.
    """

    handler: Callable[[ServiceRequest, Sequence[str]], None]
    parameters: int
    usage: str
    purpose: str


def date_text(milliseconds: int) -> str:
    """Return a date as text."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%d %B %Y")
