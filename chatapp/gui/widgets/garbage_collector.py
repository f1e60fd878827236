"""Collects cyclic garbage only on the Tk thread.

Python runs the collector in whichever thread allocates an object at that moment. A worker could delete Tk
images and variables that lie in a cycle: its call waits for Tk's main loop, or fails if none runs, and when
the window closes, the main loop waits for the worker in turn. So automatic collection is off while there is a
window.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

YOUNG = 700  # new objects after which the young generation is collected
MIDDLE = 10  # young collections after which the middle generation is collected
OLD = 10  # middle collections after which all objects are collected, if the window is idle
MAX_OLD = 20 * OLD  # middle collections after which all objects are collected even if it is not
SHARE = 0.005  # share of time that collections of all objects may take


class GarbageCollector:
    """Turns automatic collection off, and exempts the objects that exist now, such as modules.

    Args:
        clock: Returns monotonic seconds.

    Thread:
        Tk.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._young = 0  # young collections since the last middle one
        self._middle = 0  # middle collections since the last one of all objects
        self._not_before = 0.0  # when all objects may be collected again
        gc.disable()
        gc.freeze()

    def collect_if_due(self, is_idle: bool) -> None:
        """Collect a generation if enough objects were made. To be called often.

        Args:
            is_idle: Whether the user does nothing in the window at the moment, so a longer pause is harmless.
        """
        if gc.get_count()[0] <= YOUNG:
            return
        started = self._clock()
        is_due = self._middle > (OLD if is_idle else MAX_OLD)
        if is_due and started >= self._not_before:
            gc.collect()
            self._young = self._middle = 0
            ended = self._clock()
            self._not_before = ended + (ended - started) / SHARE
        elif self._young >= MIDDLE:
            gc.collect(1)
            self._young = 0
            self._middle += 1
        else:
            gc.collect(0)
            self._young += 1
