"""A queue whose reader is told that something was put into it."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")


class SignallingQueue(SimpleQueue[T]):
    """A `SimpleQueue` that calls a function after each `put`.

    Args:
        on_put: Called on the thread that puts. It must not hold what belongs to the thread that reads: the
            writing thread may be the last to hold the queue, and would delete it.
    """

    def __init__(self, on_put: Callable[[], object]) -> None:
        self._on_put = on_put

    def put(self, item: T, block: bool = True, timeout: float | None = None) -> None:
        super().put(item, block, timeout)
        self._on_put()
