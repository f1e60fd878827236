"""Workers do jobs on other threads and deliver the results."""

from __future__ import annotations

import queue
import threading
import unittest
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

from chatapp.server.core.inbox import JobFinished
from chatapp.server.core.outbox import Job, Outbox
from chatapp.server.core.workers import HASHES_WAITING, WORKERS, WorkerPool
from chatapp.server.state.connection import NullConnection
from chatapp.server.storage import settings
from chatapp.server.storage.database import Database
from chatapp.server.storage.reader import Reader

DEADLINE = 20.0  # seconds
OUT = cast(Outbox, SimpleNamespace(me=SimpleNamespace(link=NullConnection())))


def of(address: str) -> Outbox:
    """Return an outbox of a session at this address."""
    return cast(Outbox, SimpleNamespace(me=SimpleNamespace(link=SimpleNamespace(address=address))))


def done(*_: Any) -> None:
    """The callback of the jobs, which the workers do not call."""


class Working(unittest.TestCase):
    def setUp(self) -> None:
        folder = self.enterContext(TemporaryDirectory())
        path = Path(folder) / "chat.db"
        Database(path).close()
        self.finished: queue.SimpleQueue[JobFinished] = queue.SimpleQueue()
        self.jobs = WorkerPool(lambda: Reader(path), self.finished.put)

    def start(self) -> None:
        self.jobs.start()
        self.addCleanup(self.jobs.stop)

    def test_a_result_comes_back(self) -> None:
        self.start()
        self.jobs.add(OUT, Job(lambda reader: settings.read(reader, "nothing"), done))
        self.assertEqual(self.finished.get(timeout=DEADLINE), JobFinished(OUT, done, None, None))

    def test_an_error_comes_back(self) -> None:
        error = ValueError("no")

        def work(reader: Reader) -> None:
            raise error

        self.start()
        self.jobs.add(OUT, Job(work, done))
        self.assertEqual(self.finished.get(timeout=DEADLINE), JobFinished(OUT, done, None, error))

    def test_reading_does_not_wait_for_hashing(self) -> None:
        self.start()
        go_on = threading.Event()
        self.addCleanup(go_on.set)
        for _ in range(2 * WORKERS):
            self.jobs.add(OUT, Job(lambda reader: go_on.wait(DEADLINE), done, kind="hash"))
        self.jobs.add(OUT, Job(lambda reader: "read", done))
        self.assertEqual(self.finished.get(timeout=DEADLINE).result, "read")

    def test_searches_delay_neither_reading_nor_logins(self) -> None:
        self.start()
        go_on = threading.Event()
        self.addCleanup(go_on.set)
        for _ in range(16):
            self.jobs.add(OUT, Job(lambda reader: go_on.wait(DEADLINE), done, kind="search"))
        for kind in ("read", "hash"):
            self.jobs.add(OUT, Job(lambda reader: "done", done, kind=kind))
            self.assertEqual(self.finished.get(timeout=DEADLINE).result, "done")

    def test_addresses_take_turns(self) -> None:
        """One password of another address does not wait for sixteen passwords of the first."""
        order: list[str] = []
        for address in ["192.0.2.1"] * 16 + ["192.0.2.2", "2001:db8::1", "2001:db8::2"]:
            work = partial(lambda address, reader: order.append(address), address)
            self.jobs.add(of(address), Job(work, done, kind="search"))
        self.start()
        for _ in range(19):
            self.finished.get(timeout=DEADLINE)
        self.assertEqual(order[:5], ["192.0.2.1", "192.0.2.2", "2001:db8::1", "192.0.2.1", "2001:db8::2"])

    def test_one_address_cannot_fill_the_queue(self) -> None:
        # so no worker has delivered its second result before the others have delivered their first
        in_step = threading.Barrier(WORKERS, timeout=DEADLINE)

        def add(address: str, result: str, done: Callable[..., None]) -> None:
            def work(reader: Reader) -> str:
                in_step.wait()
                return result

            self.jobs.add(of(address), Job(work, done, kind="hash"))

        for number in range(HASHES_WAITING):
            add("192.0.2.1", "first", partial(done, number))
        add("192.0.2.2", "other", done)
        displaced = self.finished.get(timeout=DEADLINE)
        self.assertEqual((displaced.out.me.link.address, displaced.result), ("192.0.2.1", None))
        self.assertEqual(cast(Any, displaced.done).args, (HASHES_WAITING - 1,))  # the newest
        self.start()
        results = [self.finished.get(timeout=DEADLINE).result for _ in range(HASHES_WAITING)]
        self.assertIn("other", results[:WORKERS])

    def test_a_hash_that_does_not_fit_the_queue_is_refused_at_once(self) -> None:
        """It is not done later either, so the queue does not grow."""
        for _ in range(HASHES_WAITING + 1):
            self.jobs.add(OUT, Job(lambda reader: "hashed", done, kind="hash"))
        self.assertEqual(self.finished.get(timeout=DEADLINE), JobFinished(OUT, done, None, None))
        self.start()
        results = [self.finished.get(timeout=DEADLINE).result for _ in range(HASHES_WAITING)]
        self.assertEqual(set(results), {"hashed"})
