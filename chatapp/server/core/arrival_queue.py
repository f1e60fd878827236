"""The queue of the inbox: other threads put arrivals in, the core takes them out."""

from __future__ import annotations

import _thread
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue

from chatapp.server.core.inbox import Arrival
from chatapp.server.core.pacing import can_wait


class ArrivalQueue:
    """Arrivals in the order in which they were put in.

    `SimpleQueue` is enough: no thread waits for space, and `put` takes no lock in Python code.

    Thread: `put` may be called by any thread, everything else by the core's.
    """

    def __init__(self) -> None:
        self._queue: SimpleQueue[Arrival] = SimpleQueue()
        self._alarm = _thread.allocate_lock()  # locked; opening it ends a rest
        self._alarm.acquire()
        self._is_resting = False
        self._taken: deque[Arrival] = deque()  # the first ones: seen by `rest`, or put back

    # `put` looks at `_is_resting` only when its arrival is in the queue, and `rest` looks into the queue only
    # when it has set `_is_resting`. So one of them notices each arrival that cannot wait.

    def put(self, arrival: Arrival) -> None:
        """Add an arrival."""
        self._queue.put(arrival)
        if self._is_resting and not can_wait(arrival):
            with suppress(RuntimeError):  # another arrival has opened it already
                self._alarm.release()

    def take(self, most: int, timeout: float | None = None) -> list[Arrival]:
        """Wait for the first arrival, then take the others that are there.

        Args:
            most: How many to take.
            timeout: How long to wait, in seconds; None to wait without end.

        Returns:
            The arrivals; none after the timeout.
        """
        arrivals: list[Arrival] = []
        while self._taken and len(arrivals) < most:
            arrivals.append(self._taken.popleft())
        if not arrivals:
            try:
                arrivals.append(self._queue.get(timeout=timeout))
            except Empty:
                return arrivals
        while len(arrivals) < most and not self._queue.empty():
            arrivals.append(self._queue.get_nowait())
        return arrivals

    def put_back(self, arrivals: Sequence[Arrival]) -> None:
        """Let the next `take` begin with these arrivals, which the last one has returned."""
        self._taken.extendleft(reversed(arrivals))

    def rest(self, seconds: float) -> None:
        """Let arrivals gather for this long, but only until there is one that cannot wait."""
        self._is_resting = True
        self._alarm.acquire(blocking=False)  # what an earlier alarm announced is in the queue
        while not self._queue.empty():
            self._taken.append(self._queue.get_nowait())
        if all(map(can_wait, self._taken)):
            self._alarm.acquire(timeout=seconds)
        self._is_resting = False
