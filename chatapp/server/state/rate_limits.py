"""Rate limits: token buckets and throttles. The caller passes the time, in seconds.

Source: RFC 1459 section 8.10 (flood control)
"""

from __future__ import annotations

from collections import OrderedDict, deque

from chatapp.protocol import addresses

MAX_KEYS = 50_000  # of one throttle


class TokenBucket:
    """A token bucket.

    Args:
        burst: The tokens of a full bucket.
        rate: Tokens a second; 0 for no limit.
    """

    __slots__ = ("_burst", "_filled", "_rate", "_tokens")

    def __init__(self, burst: int, rate: int, now: float) -> None:
        self._burst = burst
        self._rate = rate
        self._tokens = float(burst)
        self._filled = now

    def take(self, wanted: int, now: float) -> int:
        """Spend up to this many tokens and return how many were granted."""
        if not self._rate:
            return wanted
        self._fill(now)
        granted = min(wanted, max(0, int(self._tokens)))
        self._tokens -= granted
        return granted

    def charge(self, amount: float, now: float) -> float:
        """Spend tokens for an event that has already happened, at most `burst`. They may become negative.

        Returns:
            The seconds until they are not negative any more.
        """
        if not self._rate:
            return 0.0
        self._fill(now)
        self._tokens -= min(amount, self._burst)
        return max(0.0, -self._tokens / self._rate)

    def seconds_until_next(self) -> float:
        """Return the seconds until one more token is granted, counted from the last `take`."""
        return max(0.0, (1 - self._tokens) / self._rate) if self._rate else 0.0

    def _fill(self, now: float) -> None:
        self._tokens = min(self._burst, self._tokens + (now - self._filled) * self._rate)
        self._filled = now


class Throttle:
    """Allows a number of events of each key in a sliding period.

    Its memory is bounded: keys without an event in the period are dropped as new events come, and beyond
    MAX_KEYS the key whose last event is the oldest.

    Args:
        limit: The most events of a key in the period; 0 for no limit.
        seconds: The length of the period.
    """

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self._seconds = seconds
        self._events: OrderedDict[str, deque[float]] = OrderedDict()  # the key with the latest event last

    def __len__(self) -> int:
        return len(self._events)

    def allow(self, key: str, now: float, limit: int | None = None) -> bool:
        """Count an event if it is allowed.

        Args:
            limit: The limit of this key, if it is not that of the others.

        Returns:
            Whether it is allowed.
        """
        limit = self.limit if limit is None else limit
        if not limit:
            return True
        self.drop_expired(now)
        events = self._events.pop(key, None) or deque()
        while events and events[0] <= now - self._seconds:
            events.popleft()
        is_allowed = len(events) < limit
        if is_allowed:
            events.append(now)
        self._events[key] = events
        if len(self._events) > MAX_KEYS:
            self._events.popitem(last=False)
        return is_allowed

    def withdraw(self, key: str) -> None:
        """Take back the last event of a key."""
        events = self._events.get(key)
        if events:
            events.pop()
            if not events:
                del self._events[key]

    def drop_expired(self, now: float) -> None:
        """Delete the keys without an event in the period."""
        old = now - self._seconds
        while self._events:
            key, events = next(iter(self._events.items()))
            if events[-1] > old:
                return
            del self._events[key]


class AddressThrottle:
    """Allows a number of events of each address in a sliding period. Addresses of a block count together.

    Args:
        seconds: The length of the period.
        limit: The most events of a public address; 0 for no limit, for local addresses either.
        local_limit: The most events of a private or loopback address, at least `limit`; 0 for no limit.
    """

    def __init__(self, seconds: float, limit: int, local_limit: int) -> None:
        self._throttle = Throttle(limit, seconds)
        self._local_limit = local_limit

    def __len__(self) -> int:
        return len(self._throttle)

    def configure(self, limit: int, local_limit: int) -> None:
        """Apply other limits from now on. The counts stay."""
        self._throttle.limit, self._local_limit = limit, local_limit

    def allow(self, address: str, now: float) -> bool:
        """Count an event of an address if it is allowed; return whether it is."""
        limit = limit_of(address, self._throttle.limit, self._local_limit)
        return self._throttle.allow(addresses.client_block(address), now, limit)

    def withdraw(self, address: str) -> None:
        """Take back the last event of an address."""
        self._throttle.withdraw(addresses.client_block(address))

    def drop_expired(self, now: float) -> None:
        """Delete the addresses without an event in the period."""
        self._throttle.drop_expired(now)


def limit_of(address: str, limit: int, local_limit: int) -> int:
    """Return the limit that applies to an address, 0 for none; see AddressThrottle."""
    if not limit or not addresses.is_local(address):
        return limit
    return max(limit, local_limit) if local_limit else 0
