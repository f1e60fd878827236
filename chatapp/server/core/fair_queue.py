"""A queue in which nobody waits for all that somebody else has put in: each key has its turn."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Items come out round robin by key, and in the order of one key.

    Args:
        most: items that may wait; 0 for any number.

    Thread: any.
    """

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()  # the key whose turn is next first
        self._count = 0
        self._is_closed = False
        self._news = threading.Condition()

    def put(self, key: str, item: T) -> T | None:
        """Add an item. In a full queue it takes the place of the newest item of the key that has most.

        Returns:
            The item that has no place any more: another one, or this one when its own key has most.
        """
        with self._news:
            if 0 < self._most <= self._count:
                longest = max(self._waiting, key=lambda each: len(self._waiting[each]))
                own = len(self._waiting.get(key, ()))
                if own + 1 >= len(self._waiting[longest]):
                    return item
                displaced = self._waiting[longest].pop()
            else:
                displaced = None
                self._count += 1
            self._waiting.setdefault(key, deque()).append(item)
            self._news.notify()
            return displaced

    def get(self) -> T | None:
        """Take the next item, waiting for one. None when the queue is closed and empty."""
        with self._news:
            self._news.wait_for(lambda: self._count or self._is_closed)
            if not self._count:
                return None
            key, items = self._waiting.popitem(last=False)
            item = items.popleft()
            self._count -= 1
            if items:
                self._waiting[key] = items
            return item

    def close(self) -> None:
        """Nothing will be added any more."""
        with self._news:
            self._is_closed = True
            self._news.notify_all()
