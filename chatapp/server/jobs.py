"""A few threads for what is slow: reading pages of history, searching, hashing passwords.

The core never waits for them; a finished job comes back through the inbox. Passwords have threads of their
own, so that a crowd that logs in does not hold up who reads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, NamedTuple

from chatapp.server.effects import Done, Job
from chatapp.server.outbox import Outbox
from chatapp.server.store import Reader

WORKERS = 2  # of each kind
HASHES_WAITING = 1000  # at most; who comes when so many wait shall try again later

Queue = SimpleQueue[tuple[Outbox, Job] | None]


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
        self._reading: Queue = SimpleQueue()
        self._hashing: Queue = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, args=(queue,), name=f"worker {number}", daemon=True)
            for queue in (self._reading, self._hashing)
            for number in range(WORKERS)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def add(self, out: Outbox, job: Job) -> None:
        """Have this done. Thread: any"""
        if not job.is_hashing:
            self._reading.put((out, job))
        elif self._hashing.qsize() < HASHES_WAITING:
            self._hashing.put((out, job))
        else:
            self._deliver(Finished(out, job.done, None, None))

    def stop(self) -> None:
        for queue in (self._reading, self._hashing):
            for _ in range(WORKERS):
                queue.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self, queue: Queue) -> None:
        reader = self._open_reader()
        while item := queue.get():
            out, job = item
            try:
                self._deliver(Finished(out, job.done, job.work(reader), None))
            except Exception as error:  # a refusal, or a bug: the core tells them apart
                self._deliver(Finished(out, job.done, None, error))
        reader.close()
