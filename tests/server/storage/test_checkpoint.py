"""Checkpoints: the log is shortened while the database is written."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import threading
import unittest
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from chatapp.server.storage import checkpoint, data_folder, settings
from chatapp.server.storage.checkpoint import Checkpointer
from chatapp.server.storage.database import Database


class Checkpoints(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.database = Path(folder.name) / "chat.db"
        self.wal = Path(folder.name) / "chat.db-wal"
        self.store = Database(self.database)
        self.addCleanup(self.store.close)

    def write(self, count: int) -> None:
        for number in range(count):
            self.store.write([settings.upsert(f"setting {number}", b"x" * 4000)])

    def test_the_database_makes_no_checkpoint_itself(self) -> None:
        self.write(1500)
        self.assertGreater(self.wal.stat().st_size, 1500 * 4096)

    def test_a_short_log_is_not_changed(self) -> None:
        self.write(10)
        with closing(sqlite3.connect(self.database)) as connection:
            checkpoint.checkpoint(connection, self.wal)
            pages = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        self.assertGreater(pages[1], 0)  # they were still in the log

    def test_a_long_log_is_checkpointed_and_restarted(self) -> None:
        self.write(1500)
        long = self.wal.stat().st_size
        with closing(sqlite3.connect(self.database)) as connection:
            checkpoint.checkpoint(connection, self.wal)
        self.write(100)
        self.assertEqual(self.wal.stat().st_size, long)

    def test_a_very_long_log_is_truncated(self) -> None:
        with (
            patch.object(checkpoint, "TRUNCATE_BYTES", 1_000_000),
            patch.object(checkpoint, "PASSIVE_BYTES", 1),
        ):
            self.write(500)
            with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
                checkpoint.checkpoint(connection, self.wal)
        self.assertEqual(self.wal.stat().st_size, 0)
        self.assertEqual(settings.read(self.store, "setting 7"), b"x" * 4000)

    def test_the_thread_ends_on_stop(self) -> None:
        checkpointer = Checkpointer(self.database, self.fail)
        checkpointer.start()
        self.assertIn(checkpointer._thread, threading.enumerate())
        checkpointer.stop()
        self.assertNotIn(checkpointer._thread, threading.enumerate())


@unittest.skipIf(sys.platform == "win32", "Windows lets nobody delete or replace an open file")
class Files(unittest.TestCase):
    """Each file is still the one that was opened, or it is reported as lost."""

    def setUp(self) -> None:
        self.database = Path(self.enterContext(tempfile.TemporaryDirectory())) / "data" / "chat.db"
        self.database.parent.mkdir()
        self.files = [self.database.with_name(f"chat.db{ending}") for ending in ("", "-wal", "-shm")]
        for path in self.files:
            path.write_text("it")
        self.checkpointer = Checkpointer(self.database, self.fail)

    def test_a_file_that_is_written_or_moved_and_back_is_the_same(self) -> None:
        self.database.write_text("longer")
        self.database.rename(self.database.with_name("aside"))
        self.database.with_name("aside").rename(self.database)
        self.assertIsNone(self.checkpointer.lost())

    def test_each_of_the_files_is_checked(self) -> None:
        for path in self.files:
            with self.subTest(path.name):
                aside = path.rename(path.with_name("aside"))
                self.assertEqual(self.checkpointer.lost(), path)
                aside.rename(path)

    def test_another_file_of_the_same_name_is_not_the_same(self) -> None:
        aside = self.database.with_name("aside")
        for make in (
            lambda: shutil.copy(aside, self.database),
            self.database.mkdir,
            lambda: self.database.symlink_to(aside),
            lambda: self.database.symlink_to(self.database),
        ):
            with self.subTest(make):
                self.database.rename(aside)
                make()
                self.assertEqual(self.checkpointer.lost(), self.database)
                data_folder.remove(self.database)
                aside.rename(self.database)

    def test_a_deleted_folder_is_a_loss(self) -> None:
        shutil.rmtree(self.database.parent)
        self.assertEqual(self.checkpointer.lost(), self.database)
        self.database.parent.write_text("a file in its place")
        self.assertEqual(self.checkpointer.lost(), self.database)

    def test_the_database_may_be_a_symbolic_link(self) -> None:
        other = self.database.with_name("other.db")
        other.symlink_to(self.database)
        self.assertIsNone(Checkpointer(other, self.fail).lost())

    def test_a_file_that_cannot_be_checked_is_not_reported_as_lost(self) -> None:
        with (
            patch(
                "chatapp.server.storage.checkpoint.data_folder.file_identity",
                side_effect=PermissionError("no"),
            ),
            self.assertLogs("chatapp.server.storage.checkpoint", "WARNING"),
        ):
            self.assertIsNone(self.checkpointer.lost())
