"""Budgets and throttles. Nothing here knows what time it is: seconds are passed in.

Source  RFC 1459 section 8.10 (flood control)
"""

from __future__ import annotations

from collections import OrderedDict, deque

from chatapp.protocol import addresses

MOST_KEYS = 50_000  # that a throttle remembers at a time


class TokenBucket:
    """So many at once, so many a second after.

    Takes  burst: at once; rate: a second, 0 for no limit
    """

    __slots__ = ("_burst", "_filled", "_rate", "_tokens")

    def __init__(self, burst: int, rate: int, now: float) -> None:
        self._burst = burst
        self._rate = rate
        self._tokens = float(burst)
        self._filled = now

    def take(self, wanted: int, now: float) -> int:
        """How many of the wanted are granted; they are spent."""
        if not self._rate:
            return wanted
        self._fill(now)
        granted = min(wanted, max(0, int(self._tokens)))
        self._tokens -= granted
        return granted

    def charge(self, amount: float, now: float) -> float:
        """Spend this much for something that has happened already, a burst at most.

        Returns:
            The seconds after which the debt is paid, 0 if there is none.
        """
        if not self._rate:
            return 0.0
        self._fill(now)
        self._tokens -= min(amount, self._burst)
        return max(0.0, -self._tokens / self._rate)

    def wait(self) -> float:
        """Seconds until one more will be granted, counted from the last `take`."""
        return max(0.0, (1 - self._tokens) / self._rate) if self._rate else 0.0

    def _fill(self, now: float) -> None:
        self._tokens = min(self._burst, self._tokens + (now - self._filled) * self._rate)
        self._filled = now


class Throttle:
    """At most so many events of a key in a stretch of time.

    Its memory is bounded: keys without an event in that time are dropped as new events come, and beyond
    MOST_KEYS the key whose last event is the oldest.

    Takes  most: events, 0 for no limit; seconds: the stretch
    """

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self._seconds = seconds
        self._events: OrderedDict[str, deque[float]] = OrderedDict()  # the key with the latest event last

    def __len__(self) -> int:
        return len(self._events)

    def allow(self, key: str, now: float, most: int | None = None) -> bool:
        """Count one more event, if it is allowed.

        Args:
            most: the limit of this key, if it has one of its own.

        Returns:
            Whether it is allowed.
        """
        most = self.most if most is None else most
        if not most:
            return True
        self.forget(now)
        events = self._events.pop(key, None) or deque()
        while events and events[0] <= now - self._seconds:
            events.popleft()
        is_allowed = len(events) < most
        if is_allowed:
            events.append(now)
        self._events[key] = events
        if len(self._events) > MOST_KEYS:
            self._events.popitem(last=False)
        return is_allowed

    def forgive(self, key: str) -> None:
        """Take back the last event of this key."""
        events = self._events.get(key)
        if events:
            events.pop()
            if not events:
                del self._events[key]

    def forget(self, now: float) -> None:
        """Drop the keys that had no event for the whole stretch."""
        old = now - self._seconds
        while self._events:
            key, events = next(iter(self._events.items()))
            if events[-1] > old:
                return
            del self._events[key]


class AddressThrottle:
    """At most so many events of an address in a stretch of time; addresses of one place count together.

    Args:
        seconds: the stretch.
        most: events of a public address; 0 for no limit, then local addresses have none either.
        local: events of a private or loopback address, never fewer than of a public one; 0 for no limit.
    """

    def __init__(self, seconds: float, most: int, local: int) -> None:
        self._throttle = Throttle(most, seconds)
        self._local = local

    def __len__(self) -> int:
        return len(self._throttle)

    def configure(self, most: int, local: int) -> None:
        """Apply these limits from now on. What was counted stays."""
        self._throttle.most, self._local = most, local

    def allow(self, address: str, now: float) -> bool:
        """Count one more event of this address, if it is allowed."""
        most = limit_of(address, self._throttle.most, self._local)
        return self._throttle.allow(addresses.client_block(address), now, most)

    def forgive(self, address: str) -> None:
        """Take back the last event of this address."""
        self._throttle.forgive(addresses.client_block(address))

    def forget(self, now: float) -> None:
        """Drop what is older than the stretch."""
        self._throttle.forget(now)


def limit_of(address: str, most: int, local: int) -> int:
    """The limit that applies to an address; 0 for none. See AddressThrottle."""
    if not most or not addresses.is_local(address):
        return most
    return max(most, local) if local else 0
