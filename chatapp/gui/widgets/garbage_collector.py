"""Collects cyclic garbage on Tk's thread alone.

Python collects in whichever thread makes an object at that moment. Images and variables of Tk that lie in a
cycle are then deleted by a worker, whose call waits for Tk's main loop, or fails when there is none; when the
window ends, the main loop waits for the worker in turn. So there is no automatic collection beside a window.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

YOUNG, MIDDLE = 700, 10  # new objects, and collections of these, after which it is time for the next
OLD = 10  # collections of the middle generation after which it is time for all objects
MOST_OLD = 20 * OLD  # after so many it is done even if somebody is busy in the window
SHARE = 0.005  # of the time that the collection of all objects may take


class GarbageCollector:
    """Turns automatic collection off until `stop`, and leaves alone what there is already, such as modules.

    Args:
        clock: Seconds that never go back.

    Thread:
        Tk's.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._young = 0  # collections of the youngest generation since one of the middle
        self._middle = 0  # collections of the middle generation since one of all objects
        self._next = 0.0  # before that all objects are not collected again
        gc.disable()
        gc.freeze()

    def stop(self) -> None:
        """Collect all that is left, and let Python do it by itself again."""
        gc.unfreeze()
        gc.collect()
        gc.enable()

    def look(self, is_quiet: bool) -> None:
        """Collect if it is time to.

        Args:
            is_quiet: Whether nobody is busy in the window, so that a longer pause disturbs nobody.
        """
        if gc.get_count()[0] <= YOUNG:
            return
        started = self._clock()
        is_enough = self._middle > (OLD if is_quiet else MOST_OLD)
        if is_enough and started >= self._next:
            gc.collect()
            self._young = self._middle = 0
            ended = self._clock()
            self._next = ended + (ended - started) / SHARE
        elif self._young >= MIDDLE:
            gc.collect(1)
            self._young = 0
            self._middle += 1
        else:
            gc.collect(0)
            self._young += 1
