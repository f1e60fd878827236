"""The inbox of one network session: what is put in comes out of the client's one queue with the session."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any, Generic, NamedTuple, TypeVar

Owner = TypeVar("Owner")


class Delivery(NamedTuple):
    """An item and the session that it is for."""

    owner: Any
    item: Any


class SessionInbox(Generic[Owner]):
    """Puts items of one session into the queue that all sessions of a client share.

    One queue keeps the items of all networks in the order in which they came, and the client waits at one
    place. Since an item carries its session, nothing has to be searched when it is taken out.

    Thread:
        `put` and `qsize` may be called from any thread.
    """

    def __init__(self, queue: SimpleQueue[Any], owner: Owner) -> None:
        self._queue = queue
        self._owner = owner

    def put(self, item: Any) -> None:
        self._queue.put(Delivery(self._owner, item))

    def qsize(self) -> int:
        """Return how many items wait, those of other sessions included."""
        return self._queue.qsize()
