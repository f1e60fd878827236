"""Runs what may block, such as another program, on threads of its own. Results wait for `poll`."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

Result = TypeVar("Result")

log = logging.getLogger(__name__)


class BackgroundJobs:
    """Jobs in the order in which they were given, a few at the same time.

    Args:
        at_once: How many run at the same time.

    Thread:
        All methods and all `done` are called on the same thread, the work on others.
    """

    def __init__(self, at_once: int = 2) -> None:
        self._at_once = at_once
        self._waiting: deque[Callable[[], Callable[[], object]]] = deque()
        self._results: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._running = 0

    @property
    def is_busy(self) -> bool:
        """Whether any job has not ended, or its result was not taken."""
        return bool(self._running or self._waiting)

    def run(self, work: Callable[[], Result], done: Callable[[Result], object]) -> None:
        """Do some work on another thread.

        Args:
            work: Does not use anything of the window. If it raises, that is logged and `done` is not called.
            done: Called by `poll` with the result.
        """
        self._waiting.append(lambda: partial(done, work()))
        self._start()

    def poll(self) -> None:
        """Hand over the results that there are."""
        while True:
            try:
                finish = self._results.get_nowait()
            except Empty:
                break
            self._running -= 1
            self._start()
            finish()

    def _start(self) -> None:
        while self._waiting and self._running < self._at_once:
            self._running += 1
            job = self._waiting.popleft()
            threading.Thread(target=self._run, args=(job,), name="BackgroundJob", daemon=True).start()

    def _run(self, job: Callable[[], Callable[[], object]]) -> None:
        finish: Callable[[], object] = _do_nothing
        try:
            finish = job()
        except Exception:  # a fault of one job does not end the others
            log.exception("a job has failed")
        finally:
            self._results.put(finish)


def _do_nothing() -> None:
    """Take the place of the end of a job that has failed."""
