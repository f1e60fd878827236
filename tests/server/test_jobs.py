"""Jobs: work on other threads, whose results come back."""

from __future__ import annotations

import queue
import threading
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from chatapp.server.effects import Job
from chatapp.server.jobs import HASHES_WAITING, WORKERS, Finished, Jobs
from chatapp.server.outbox import Outbox
from chatapp.server.store import Reader, Store

DEADLINE = 20.0  # seconds
OUT = cast(Outbox, object())


def done(*_: Any) -> None:
    """What would follow."""


class Working(unittest.TestCase):
    def setUp(self) -> None:
        folder = self.enterContext(TemporaryDirectory())
        path = Path(folder) / "chat.db"
        Store(path).close()
        self.finished: queue.SimpleQueue[Finished] = queue.SimpleQueue()
        self.jobs = Jobs(lambda: Reader(path), self.finished.put)

    def start(self) -> None:
        self.jobs.start()
        self.addCleanup(self.jobs.stop)

    def test_a_result_comes_back(self) -> None:
        self.start()
        self.jobs.add(OUT, Job(lambda reader: reader.fact("nothing"), done))
        self.assertEqual(self.finished.get(timeout=DEADLINE), Finished(OUT, done, None, None))

    def test_an_error_comes_back(self) -> None:
        error = ValueError("no")

        def work(reader: Reader) -> None:
            raise error

        self.start()
        self.jobs.add(OUT, Job(work, done))
        self.assertEqual(self.finished.get(timeout=DEADLINE), Finished(OUT, done, None, error))

    def test_who_reads_does_not_wait_for_who_hashes(self) -> None:
        self.start()
        go_on = threading.Event()
        self.addCleanup(go_on.set)
        for _ in range(2 * WORKERS):
            self.jobs.add(OUT, Job(lambda reader: go_on.wait(DEADLINE), done, is_hashing=True))
        self.jobs.add(OUT, Job(lambda reader: "read", done))
        self.assertEqual(self.finished.get(timeout=DEADLINE).result, "read")

    def test_too_many_to_hash_are_turned_away_at_once(self) -> None:
        """They are not done later either: the queue does not grow."""
        for _ in range(HASHES_WAITING + 1):
            self.jobs.add(OUT, Job(lambda reader: "hashed", done, is_hashing=True))
        self.assertEqual(self.finished.get(timeout=DEADLINE), Finished(OUT, done, None, None))
        self.start()
        results = [self.finished.get(timeout=DEADLINE).result for _ in range(HASHES_WAITING)]
        self.assertEqual(set(results), {"hashed"})
