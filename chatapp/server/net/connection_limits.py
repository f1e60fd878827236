"""Who may connect: how many connections there may be in all, and of one address."""

from __future__ import annotations

import threading
from collections import Counter

from chatapp.protocol import addresses
from chatapp.server.config import LimitsConfig
from chatapp.server.state.rate_limits import AddressThrottle, Throttle, TokenBucket, limit_of

NEW_SECONDS = 600.0  # in which the new connections of an address are counted
REFUSALS_AT_ONCE = 64  # connections that are told why they are refused, which may need a TLS handshake
REFUSALS_PER_SECOND = 20
REFUSALS_PER_ADDRESS = 20  # in so many seconds
REFUSALS_ADDRESS_SECONDS = 10.0

FULL = "The server is full, try again later"
TOO_MANY = "Too many connections from your address"
TOO_MANY_NEW = "Too many new connections from your address, try again in some minutes"


class ConnectionLimits:
    """The connections that are open, counted by the place that their addresses belong to.

    Thread: any.
    """

    def __init__(self, limits: LimitsConfig) -> None:
        self._lock = threading.Lock()
        self._limits = limits
        self._open: Counter[str] = Counter()
        self._count = 0  # of all of them
        self._new = AddressThrottle(NEW_SECONDS, 0, 0)
        self.configure(limits)

    def __len__(self) -> int:
        """How many are taken."""
        return self._count

    @property
    def remembered(self) -> int:
        """Of how many addresses it is remembered that they connected lately."""
        return len(self._new)

    def configure(self, limits: LimitsConfig) -> None:
        """Apply these limits from now on. What was counted stays."""
        with self._lock:
            self._limits = limits
            self._new.configure(limits.new_connections_per_address, limits.local_new_connections_per_address)

    def take(self, address: str, is_proxy: bool, now: float) -> str:
        """Take a place for a connection. Who gets one gives it back once.

        Args:
            is_proxy: it is a trusted proxy, which connects for others: they are counted in its stead.

        Returns:
            Why there is none; nothing when it is taken.
        """
        place = addresses.client_block(address)
        with self._lock:
            refusal = self._refusal(address, place, is_proxy, now)
            if not refusal:
                self._open[place] += 1
                self._count += 1
            return refusal

    def give_back(self, address: str) -> None:
        """A connection has ended."""
        place = addresses.client_block(address)
        with self._lock:
            self._count -= 1
            self._open[place] -= 1
            if not self._open[place]:
                del self._open[place]

    def _refusal(self, address: str, place: str, is_proxy: bool, now: float) -> str:
        limits = self._limits
        if self._count >= limits.connections:
            return FULL
        if is_proxy:
            return ""
        most = limit_of(address, limits.connections_per_address, limits.local_connections_per_address)
        if 0 < most <= self._open[place]:
            return TOO_MANY
        return "" if self._new.allow(address, now) else TOO_MANY_NEW


class RefusalLog:
    """Which of the connections that are not let in are told why; the others are just closed.

    Each of them may cost a thread and a handshake for some seconds, so a flood must not get many.
    Thread: any.
    """

    def __init__(self, now: float) -> None:
        self._lock = threading.Lock()
        self._open = 0
        self._rate = TokenBucket(REFUSALS_AT_ONCE, REFUSALS_PER_SECOND, now)
        self._of_address = Throttle(REFUSALS_PER_ADDRESS, REFUSALS_ADDRESS_SECONDS)

    def take(self, address: str, now: float) -> bool:
        """Whether this one is told. Then it is given back when its connection has ended."""
        with self._lock:
            is_told = (
                self._open < REFUSALS_AT_ONCE
                and self._of_address.allow(addresses.client_block(address), now)
                and self._rate.take(1, now) == 1
            )
            self._open += is_told
            return is_told

    def give_back(self) -> None:
        """The connection of one that was told has ended."""
        with self._lock:
            self._open -= 1
