"""Detects that the computer slept, or that its clock was set.

The wall clock (`time.time`) jumps in both cases. The clock for timers (`time.monotonic`) is never set, and
stands still during sleep on Linux and macOS. On Windows it goes on during sleep, so a long time between two
comparisons counts as sleep too.
"""

from __future__ import annotations

from typing import NamedTuple

STALLED_SECONDS = 30.0  # between two comparisons: the program did not run for so long
JUMP_SECONDS = 10.0  # more than the two clocks drift apart between two comparisons
SET_BACK_SECONDS = 1.0  # less than this is a correction that does not matter


class ClockJump(NamedTuple):
    """A jump of the clock since the last comparison.

    Attributes:
        slept: The computer slept, or its clock was set: the connection may be dead.
        set_back: Seconds by which the wall clock was set back; 0 if it was not.
    """

    slept: bool
    set_back: float


class ClockWatch:
    """Compares the two clocks. Both are given in seconds.

    Args:
        wall: The wall clock now, since 1970.
        clock: The monotonic clock now.
    """

    def __init__(self, wall: float, clock: float) -> None:
        self._wall, self._clock = wall, clock

    def compare(self, wall: float, clock: float) -> ClockJump:
        """Compare the clocks; to be called often."""
        passed = clock - self._clock
        jumped = wall - self._wall - passed
        self._wall, self._clock = wall, clock
        slept = passed > STALLED_SECONDS or abs(jumped) > JUMP_SECONDS
        return ClockJump(slept, -jumped if jumped < -SET_BACK_SECONDS else 0.0)
