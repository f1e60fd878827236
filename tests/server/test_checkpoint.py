"""Checkpoints beside the core: the log becomes shorter while the store goes on writing."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import unittest
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from chatapp.server import checkpoint
from chatapp.server.store import Store


class Checkpoints(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.database = Path(folder.name) / "chat.db"
        self.wal = Path(folder.name) / "chat.db-wal"
        self.store = Store(self.database)
        self.addCleanup(self.store.close)

    def write(self, count: int) -> None:
        for number in range(count):
            self.store.write([("fact", (f"fact {number}", b"x" * 4000))])

    def test_the_store_makes_none_itself(self) -> None:
        self.write(1500)
        self.assertGreater(self.wal.stat().st_size, 1500 * 4096)

    def test_a_short_log_is_left_alone(self) -> None:
        self.write(10)
        with closing(sqlite3.connect(self.database)) as connection:
            checkpoint.checkpoint(connection, self.wal)
            pages = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        self.assertGreater(pages[1], 0)  # they were still in the log

    def test_a_long_log_is_carried_over_and_used_from_its_start_again(self) -> None:
        self.write(1500)
        long = self.wal.stat().st_size
        with closing(sqlite3.connect(self.database)) as connection:
            checkpoint.checkpoint(connection, self.wal)
        self.write(100)
        self.assertEqual(self.wal.stat().st_size, long)

    def test_a_log_that_never_ends_is_cut(self) -> None:
        with patch.object(checkpoint, "MANY_BYTES", 1_000_000), patch.object(checkpoint, "SOME_BYTES", 1):
            self.write(500)
            with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
                checkpoint.checkpoint(connection, self.wal)
        self.assertEqual(self.wal.stat().st_size, 0)
        self.assertEqual(self.store.fact("fact 7"), b"x" * 4000)

    def test_the_thread_ends_when_told(self) -> None:
        checkpointer = checkpoint.Checkpointer(self.database)
        checkpointer.start()
        self.assertIn(checkpointer._thread, threading.enumerate())
        checkpointer.stop()
        self.assertNotIn(checkpointer._thread, threading.enumerate())
