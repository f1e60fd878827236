"""What shall be done later for a session, in the order of its time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from itertools import count

from chatapp.server.state.session import Session

Action = Callable[[Session], None]


class Timers:
    """Times are seconds of one clock that never goes back."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Action, Session]] = []
        self._order = count()  # of what is due at the same time

    @property
    def next_at(self) -> float | None:
        """When the next is due."""
        return self._heap[0][0] if self._heap else None

    def add(self, at: float, action: Action, session: Session) -> None:
        heapq.heappush(self._heap, (at, next(self._order), action, session))

    def due(self, now: float) -> Iterator[tuple[Action, Session]]:
        """What is due, also what is added meanwhile. It is taken out one by one."""
        while self._heap and self._heap[0][0] <= now:
            _, _, action, session = heapq.heappop(self._heap)
            yield action, session
