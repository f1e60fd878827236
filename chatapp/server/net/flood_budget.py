"""The flood budget of a connection: its reader pays for lines, the core charges costly commands."""

from __future__ import annotations

import _thread

from chatapp.server.state.rate_limits import TokenBucket


class FloodBudget:
    """A token bucket with a lock: the reader and the core use it at the same time.

    Args:
        burst: The commands of a full bucket.
        rate: Commands a second; 0 for no limit.
        now: In seconds.

    Attributes:
        is_limited: Whether the budget can run out.

    Thread: any.
    """

    __slots__ = ("_bucket", "_lock", "is_limited")

    def __init__(self, burst: int, rate: int, now: float) -> None:
        self._bucket = TokenBucket(burst, rate, now)
        self.is_limited = rate > 0
        self._lock = _thread.allocate_lock()

    def take(self, wanted: int, now: float) -> int:
        """Spend up to this many commands and return how many were granted."""
        with self._lock:
            return self._bucket.take(wanted, now)

    def charge(self, amount: float, now: float) -> float:
        """Spend commands for what has already happened; return the seconds until the budget is positive."""
        with self._lock:
            return self._bucket.charge(amount, now)

    def seconds_until_next(self) -> float:
        """Return the seconds until one more command is granted, counted from the last `take`."""
        with self._lock:
            return self._bucket.seconds_until_next()
