"""A few threads for what is slow: reading pages of history, searching, hashing passwords.

The core never waits for them; a finished job comes back through the inbox.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, NamedTuple

from .effects import Done, Outbox, Work
from .store import Reader

WORKERS = 2

log = logging.getLogger(__name__)


class Finished(NamedTuple):
    """What came of a job; `error` is set when it failed."""

    out: Outbox
    done: Done
    result: Any
    error: Exception | None


class Jobs:
    """Takes  open_reader: makes the reader of one worker; deliver: puts an arrival into the inbox"""

    def __init__(self, open_reader: Callable[[], Reader], deliver: Callable[[Finished], None]) -> None:
        self._open_reader = open_reader
        self._deliver = deliver
        self._queue: SimpleQueue[tuple[Outbox, Work, Done] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"worker {number}", daemon=True)
            for number in range(WORKERS)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def add(self, out: Outbox, work: Work, done: Done) -> None:
        """Have this done. Thread: any"""
        self._queue.put((out, work, done))

    def stop(self) -> None:
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        reader = self._open_reader()
        while job := self._queue.get():
            out, work, done = job
            try:
                self._deliver(Finished(out, done, work(reader), None))
            except Exception as error:
                log.exception("a job failed")
                self._deliver(Finished(out, done, None, error))
        reader.close()
