"""Waits for the replies to everything sent so far.

A server answers commands in order, so the reply to one more command marks the end of all earlier replies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chatapp.client.client import Client
from chatapp.client.model.changes import Change, ChannelsListed
from chatapp.protocol.message import Message

REPLY_SECONDS = 10.0  # after which a server that does not reply is no longer waited for


class ReplyBarrier:
    """Sends a query and waits for its reply.

    Args:
        clock: Returns monotonic seconds.
    """

    def __init__(self, client: Client, clock: Callable[[], float]) -> None:
        self._client, self._clock = client, clock
        self._started: float | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether replies may still arrive."""
        return self._started is not None and self._clock() - self._started < REPLY_SECONDS

    def start(self) -> None:
        """Send LIST with a nick for a channel name: every server replies with an empty list."""
        self._started = self._clock()
        self._client.send(Message("LIST", [self._client.network.nick]))

    def handle(self, changes: Iterable[Change]) -> None:
        """Stop waiting if the changes contain the reply."""
        if any(isinstance(change, ChannelsListed) for change in changes):
            self.cancel()

    def cancel(self) -> None:
        """Stop waiting."""
        self._started = None
