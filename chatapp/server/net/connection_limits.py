"""Limits the number of connections: in all, of each address, and new ones of each address."""

from __future__ import annotations

import threading
from collections import Counter

from chatapp.protocol import addresses
from chatapp.server.config import LimitsConfig
from chatapp.server.state.rate_limits import AddressThrottle, Throttle, TokenBucket, limit_of

NEW_SECONDS = 600.0  # the period in which the new connections of an address are counted
FILE_CONNECTIONS = 10_000  # connections for files of an address in this period that do not count as new ones
REFUSALS_AT_ONCE = 64  # refused connections that get the reason, which may need a TLS handshake
REFUSALS_PER_SECOND = 20
REFUSALS_PER_ADDRESS = 20  # in REFUSALS_ADDRESS_SECONDS
REFUSALS_ADDRESS_SECONDS = 10.0

FULL = "The server is full, try again later"
TOO_MANY = "Too many connections from your address"
TOO_MANY_NEW = "Too many new connections from your address, try again in a few minutes"


class ConnectionLimits:
    """Counts the open connections, in all and by `addresses.client_block`.

    Thread: any.
    """

    def __init__(self, limits: LimitsConfig) -> None:
        self._lock = threading.Lock()
        self._limits = limits
        self._open: Counter[str] = Counter()
        self._count = 0  # of all open connections
        self._new = AddressThrottle(NEW_SECONDS, 0, 0)
        self._for_files = AddressThrottle(NEW_SECONDS, FILE_CONNECTIONS, 0)
        self.configure(limits)

    def __len__(self) -> int:
        """Return the number of open connections."""
        return self._count

    @property
    def recent_addresses(self) -> int:
        """The number of addresses whose recent connections are counted."""
        return len(self._new)

    def configure(self, limits: LimitsConfig) -> None:
        """Apply these limits from now on; open connections stay counted."""
        with self._lock:
            self._limits = limits
            self._new.configure(limits.new_connections_per_address, limits.local_new_connections_per_address)

    def acquire(self, address: str, is_proxy: bool, now: float) -> str:
        """Count a new connection if the limits allow it; then call `release` once when it has ended.

        Args:
            is_proxy: Whether a trusted proxy connects. Its clients are counted instead of it.

        Returns:
            Why it is refused; empty when it is allowed.
        """
        block = addresses.client_block(address)
        with self._lock:
            refusal = self._refusal(address, block, is_proxy, now)
            if not refusal:
                self._open[block] += 1
                self._count += 1
            return refusal

    def forgive(self, address: str, now: float) -> None:
        """Do not count a connection as a new one: the server serves a file on it.

        Clients connect for each picture that they show, and all users behind a router have one address.
        """
        with self._lock:
            if self._for_files.allow(address, now):
                self._new.withdraw(address)

    def release(self, address: str) -> None:
        """Stop counting a connection that has ended."""
        block = addresses.client_block(address)
        with self._lock:
            self._count -= 1
            self._open[block] -= 1
            if not self._open[block]:
                del self._open[block]

    def _refusal(self, address: str, block: str, is_proxy: bool, now: float) -> str:
        limits = self._limits
        if self._count >= limits.connections:
            return FULL
        if is_proxy:
            return ""
        most = limit_of(address, limits.connections_per_address, limits.local_connections_per_address)
        if 0 < most <= self._open[block]:
            return TOO_MANY
        return "" if self._new.allow(address, now) else TOO_MANY_NEW


class RefusalLimits:
    """Decides which refused connections get the reason; the others are only closed.

    Sending it may take a thread and a TLS handshake for some seconds, so most connections of a flood do not
    get it.

    Thread: any.
    """

    def __init__(self, now: float) -> None:
        self._lock = threading.Lock()
        self._open = 0
        self._rate = TokenBucket(REFUSALS_AT_ONCE, REFUSALS_PER_SECOND, now)
        self._of_address = Throttle(REFUSALS_PER_ADDRESS, REFUSALS_ADDRESS_SECONDS)

    def acquire(self, address: str, now: float) -> bool:
        """Decide whether to send the reason. If so, call `release` once when the connection has ended."""
        with self._lock:
            is_allowed = (
                self._open < REFUSALS_AT_ONCE
                and self._of_address.allow(addresses.client_block(address), now)
                and self._rate.take(1, now) == 1
            )
            self._open += is_allowed
            return is_allowed

    def release(self) -> None:
        """Stop counting a connection that got the reason and has ended."""
        with self._lock:
            self._open -= 1
