"""Budgets and throttles. Nothing here knows what time it is: seconds are passed in.

Source  RFC 1459 section 8.10 (flood control)
"""

from __future__ import annotations

import ipaddress
from collections import deque
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


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
        self._tokens = min(self._burst, self._tokens + (now - self._filled) * self._rate)
        self._filled = now
        granted = min(wanted, int(self._tokens))
        self._tokens -= granted
        return granted

    def wait(self) -> float:
        """Seconds until one more will be granted, counted from the last `take`."""
        return max(0.0, (1 - self._tokens) / self._rate) if self._rate else 0.0


class Throttle:
    """At most so many events of a key in a stretch of time.

    Takes  most: events, 0 for no limit; seconds: the stretch
    """

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self._seconds = seconds
        self._events: dict[str, deque[float]] = {}

    def allow(self, key: str, now: float, factor: int = 1) -> bool:
        """Say whether one more event is allowed; if so it is counted.

        Args:
            factor: how many times as many events this key may have.
        """
        if not self.most:
            return True
        events = self._events.setdefault(key, deque())
        while events and events[0] <= now - self._seconds:
            events.popleft()
        if len(events) >= self.most * factor:
            return False
        events.append(now)
        return True

    def forgive(self, key: str) -> None:
        """The last event of this key does not count after all."""
        events = self._events.get(key)
        if events:
            events.pop()

    def forget(self, now: float) -> None:
        """Drop the keys that had no event for the whole stretch."""
        old = now - self._seconds
        self._events = {key: events for key, events in self._events.items() if events and events[-1] > old}


def is_local(address: str) -> bool:
    """Whether an address is private or this computer's: the limits by address leave those alone."""
    parsed = _parsed(address)
    return parsed is not None and (parsed.is_private or parsed.is_loopback or parsed.is_link_local)


def is_loopback(address: str) -> bool:
    """Whether an address is this computer's own, so that nobody is between."""
    parsed = _parsed(address)
    return parsed is not None and parsed.is_loopback


def is_within(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address belongs to one of these networks."""
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in networks)


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, ipaddress.IPv6Address) else parsed
