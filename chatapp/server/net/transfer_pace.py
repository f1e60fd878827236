"""Notices transfers that are too slow to be useful, so that they do not occupy connections for hours."""

from __future__ import annotations

STALL_SECONDS = 30.0
"""The longest time without a byte."""

LEAST_BYTES_PER_SECOND = 256
"""The least rate, over PERIOD_SECONDS; a tenth of a bad mobile connection."""

PERIOD_SECONDS = 60.0


class TooSlow(Exception):
    """A transfer moves too few bytes."""


class TransferPace:
    """The rate of one transfer. The caller passes the time, in seconds."""

    __slots__ = ("_began", "_moved")

    def __init__(self, now: float) -> None:
        self._began = now  # of the period
        self._moved = 0  # bytes in the period

    def moved(self, count: int, now: float) -> None:
        """Note that bytes were sent or received.

        Raises:
            TooSlow: Over the last period there were too few.
        """
        self._moved += count
        passed = now - self._began
        if passed >= PERIOD_SECONDS:
            if self._moved < LEAST_BYTES_PER_SECOND * passed:
                raise TooSlow
            self._began, self._moved = now, 0

    def pause(self, seconds: float) -> None:
        """Note that the server itself made the transfer wait."""
        self._began += seconds
