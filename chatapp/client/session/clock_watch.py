"""Notices that this computer slept, or that somebody set its clock.

The clock that people see (`time.time`) jumps in both cases; the one for timers (`time.monotonic`) is never
set, and stands still during sleep on Linux and macOS. On Windows it goes on during sleep, so that a long time
between two looks counts as sleep too.
"""

from __future__ import annotations

from typing import NamedTuple

STALLED_SECONDS = 30.0  # between two looks: nothing ran for so long
JUMP_SECONDS = 10.0  # more than the two clocks drift apart between two looks
SET_BACK_SECONDS = 1.0


class ClockJump(NamedTuple):
    """What happened since the last look.

    Attributes:
        slept: This computer slept, or its clock was set: nothing is known of the connection.
        set_back: Seconds by which the clock that people see was set back, else 0.
    """

    slept: bool
    set_back: float


class ClockWatch:
    """Compares the two clocks. Both are given in seconds.

    Args:
        wall: What people see now, since 1970.
        clock: A clock that never goes back.
    """

    def __init__(self, wall: float, clock: float) -> None:
        self._wall, self._clock = wall, clock

    def look(self, wall: float, clock: float) -> ClockJump:
        """Compare the clocks. To be called often."""
        passed = clock - self._clock
        jumped = wall - self._wall - passed
        self._wall, self._clock = wall, clock
        slept = passed > STALLED_SECONDS or abs(jumped) > JUMP_SECONDS
        return ClockJump(slept, -jumped if jumped < -SET_BACK_SECONDS else 0.0)
