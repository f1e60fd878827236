"""Actions to run later for sessions, in the order of their times."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from itertools import count

from chatapp.server.state.session import Session

Action = Callable[[Session], None]


class Timers:
    """A heap of actions. All times are seconds of one clock that never goes back."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Action, Session]] = []
        self._order = count()  # keeps the order of actions with the same time

    @property
    def next_at(self) -> float | None:
        """The time of the next action; None if there is none."""
        return self._heap[0][0] if self._heap else None

    def add(self, at: float, action: Action, session: Session) -> None:
        heapq.heappush(self._heap, (at, next(self._order), action, session))

    def due(self, now: float) -> Iterator[tuple[Action, Session]]:
        """Take out the due actions one by one, including those that are added meanwhile."""
        while self._heap and self._heap[0][0] <= now:
            _, _, action, session = heapq.heappop(self._heap)
            yield action, session
