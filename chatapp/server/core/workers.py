"""Threads for slow work: reading pages of the history, searching it, hashing passwords.

The core never waits for them: a finished job comes back through the inbox. Each kind of job has its own
threads, so that many logins or searches do not delay other reads. Within a kind, client
addresses take turns, and a session has one job at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from chatapp.protocol.addresses import client_block
from chatapp.server.core.fair_queue import FairQueue
from chatapp.server.core.inbox import JobFinished
from chatapp.server.core.outbox import Job, JobKind, Outbox
from chatapp.server.storage.reader import Reader

WORKERS = 2
"""The number of threads for reading, and of those for hashing."""

SEARCHERS = 1
"""The number of threads for searching. More of them would take CPU time from all other clients."""

HASHES_WAITING = 1000
"""The most password hashes that can wait. A client beyond that can try again later."""

SEARCHES_WAITING = 200
"""The most searches that can wait."""

KINDS: dict[JobKind, tuple[int, int]] = {
    "read": (WORKERS, 0),
    "search": (SEARCHERS, SEARCHES_WAITING),
    "hash": (WORKERS, HASHES_WAITING),
}
"""For each kind of job: how many threads do it, and how many jobs can wait; 0 for any number."""

Queue = FairQueue[tuple[Outbox, Job]]


class WorkerPool:
    """The threads and their queues.

    Args:
        open_reader: Opens the database for one worker. Thread: the worker.
        deliver: Puts an arrival into the inbox.
    """

    def __init__(self, open_reader: Callable[[], Reader], deliver: Callable[[JobFinished], None]) -> None:
        self._open_reader = open_reader
        self._deliver = deliver
        self._queues: dict[JobKind, Queue] = {kind: FairQueue(most) for kind, (_, most) in KINDS.items()}
        self._threads = [
            threading.Thread(
                target=self._run, args=(self._queues[kind],), name=f"{kind} worker {number}", daemon=True
            )
            for kind, (workers, _) in KINDS.items()
            for number in range(workers)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def add(self, out: Outbox, job: Job) -> None:
        """Queue a job. It may displace one of another address, whose result is None then. Thread: any."""
        displaced = self._queues[job.kind].put(client_block(out.me.link.address), (out, job))
        if displaced:
            out, job = displaced
            self._deliver(JobFinished(out, job.done, None, None))

    def stop(self) -> None:
        """Do the jobs that are queued, then end the threads and wait for them."""
        for queue in self._queues.values():
            queue.close()
        for thread in self._threads:
            thread.join()

    def _run(self, queue: Queue) -> None:
        reader = self._open_reader()
        while item := queue.get():
            out, job = item
            try:
                self._deliver(JobFinished(out, job.done, job.work(reader), None))
            except Exception as error:  # a refusal or a bug; the core tells them apart
                self._deliver(JobFinished(out, job.done, None, error))
        reader.close()
