"""A queue that takes items of its keys in turn, so that no key waits for all items of another one."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Items come out round robin by key, and in the order of one key.

    Args:
        most: How many items may wait; 0 for any number.

    Thread: any.
    """

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()  # the next key first
        self._count = 0
        self._is_closed = False
        self._changed = threading.Condition()

    def put(self, key: str, item: T) -> T | None:
        """Add an item. In a full queue it displaces the newest item of the key with the most items.

        Returns:
            The displaced item, or this item if its own key has the most items; None if there was space.
        """
        with self._changed:
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
            self._changed.notify()
            return displaced

    def get(self) -> T | None:
        """Wait for the next item and take it. Returns None when the queue is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._count or self._is_closed)
            if not self._count:
                return None
            key, items = self._waiting.popitem(last=False)
            item = items.popleft()
            self._count -= 1
            if items:
                self._waiting[key] = items
            return item

    def close(self) -> None:
        """Declare that no more items will be added."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
