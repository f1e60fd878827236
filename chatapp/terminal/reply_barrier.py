"""Waiting for the answers to all that was sent: a question of our own is answered last."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chatapp.client.client import Client
from chatapp.client.model.changes import Change, ChannelsListed
from chatapp.protocol.message import Message

ANSWER_SECONDS = 10.0


class ReplyBarrier:
    """Takes  clock: seconds that never go back"""

    def __init__(self, client: Client, clock: Callable[[], float]) -> None:
        self._client, self._clock = client, clock
        self._since: float | None = None

    @property
    def is_up(self) -> bool:
        """Whether answers may still come; a server that gives none is not waited for too long."""
        return self._since is not None and self._clock() - self._since < ANSWER_SECONDS

    def raise_(self) -> None:
        """Ask for a channel by a name that none can have: the answer of every server is an empty list."""
        self._since = self._clock()
        self._client.send(Message("LIST", [self._client.network.nick]))

    def hear(self, changes: Iterable[Change]) -> None:
        """What came may be the answer."""
        if any(isinstance(change, ChannelsListed) for change in changes):
            self.drop()

    def drop(self) -> None:
        """Nothing is waited for any more."""
        self._since = None
