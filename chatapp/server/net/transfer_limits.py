"""Limits of transfers: how many an address may have at a time, and bytes per second."""

from __future__ import annotations

import threading
from collections import Counter

from chatapp.protocol import addresses
from chatapp.server.state.rate_limits import TokenBucket, limit_of

PER_ADDRESS = 64
"""The most transfers of an address at a time."""

PER_LOCAL_ADDRESS = 2000
"""The same for an address of the local network or of this computer, which may be a proxy."""

LEAST_BURST = 256 * 1024
"""The least number of bytes that pass at once, whatever the rate: some pieces of a transfer."""

IDLE_ADDRESSES = 1000
"""Addresses without a transfer whose recent bytes are remembered."""


class TransferLimits:
    """Counts transfers and their bytes, by `addresses.client_block` and in all.

    Args:
        bytes_per_second: Of each address; 0 for no limit.
        total_bytes_per_second: Of all together; 0 for no limit.
        now: In seconds.

    Attributes:
        turn: Held by the transfer that processes a piece, see `TransferStream.turn`.

    Thread: any.
    """

    def __init__(self, bytes_per_second: int, total_bytes_per_second: int, now: float) -> None:
        self.turn = threading.Lock()
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()
        self._buckets: dict[str, TokenBucket] = {}
        self._rates = (-1, -1)
        self.configure(bytes_per_second, total_bytes_per_second, now)

    def configure(self, bytes_per_second: int, total_bytes_per_second: int, now: float) -> None:
        """Apply other rates from now on."""
        with self._lock:
            if self._rates != (bytes_per_second, total_bytes_per_second):
                self._rates = (bytes_per_second, total_bytes_per_second)
                self._total = _bucket(total_bytes_per_second, now)
                self._buckets.clear()

    def acquire(self, address: str) -> bool:
        """Begin a transfer if the address may have one more; then call `release` once at its end."""
        block = addresses.client_block(address)
        with self._lock:
            if self._open[block] >= limit_of(address, PER_ADDRESS, PER_LOCAL_ADDRESS):
                return False
            self._open[block] += 1
            return True

    def release(self, address: str) -> None:
        """Stop counting a transfer."""
        block = addresses.client_block(address)
        with self._lock:
            self._open[block] -= 1
            if not self._open[block]:
                del self._open[block]
                self._forget_idle()

    def charge(self, block: str, count: int, now: float) -> float:
        """Count bytes that were sent or received.

        Args:
            block: The `addresses.client_block` of the client.

        Returns:
            The seconds to wait before the next ones.
        """
        if self._rates == (0, 0):
            return 0.0
        with self._lock:
            bucket = self._buckets.get(block)
            if bucket is None:
                bucket = self._buckets[block] = _bucket(self._rates[0], now)
            return max(bucket.charge(count, now), self._total.charge(count, now))

    def _forget_idle(self) -> None:
        """Forget the bytes of addresses without a transfer, if there are many of them."""
        if len(self._buckets) > len(self._open) + IDLE_ADDRESSES:
            self._buckets = {each: self._buckets[each] for each in self._open if each in self._buckets}


def _bucket(rate: int, now: float) -> TokenBucket:
    return TokenBucket(max(rate, LEAST_BURST), rate, now)
