"""The database: its durability, its lock, and the atomic writes of a turn."""

from __future__ import annotations

import sqlite3
import tempfile
import unittest
from pathlib import Path
from typing import Literal

from chatapp.server.storage import settings
from chatapp.server.storage.database import LOCK_TIMEOUT_MILLISECONDS, Database
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.statements import Save, Statement

BROKEN = Save(Statement("store nothing", "INSERT INTO facts (name, value) VALUES ('b', NULL)"))


class DatabaseTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "chat.db"

    def open(self, durability: Literal["normal", "full"] = "normal") -> Database:
        """Return a connection to the same file."""
        database = Database(self.path, durability)
        self.addCleanup(database.close)
        return database


class Durability(DatabaseTest):
    def test_the_database_has_the_configured_durability(self) -> None:
        """NORMAL is 1, FULL is 2. Source: sqlite.org/pragma.html#pragma_synchronous"""
        levels: dict[Literal["normal", "full"], int] = {"normal": 1, "full": 2}
        for durability, value in levels.items():
            with self.subTest(durability):
                pragma = self.open(durability).rows("PRAGMA synchronous").fetchone()
                self.assertEqual(pragma, (value,))

    def test_it_has_a_write_ahead_log_so_that_readers_do_not_wait(self) -> None:
        database, reader = self.open(), Reader(self.path)
        self.addCleanup(reader.close)
        self.assertEqual(database.rows("PRAGMA journal_mode").fetchone(), ("wal",))
        database.rows("BEGIN IMMEDIATE")
        self.assertEqual(reader.rows("SELECT count(*) FROM messages").fetchone(), (0,))

    def test_it_makes_no_automatic_checkpoints(self) -> None:
        self.assertEqual(self.open().rows("PRAGMA wal_autocheckpoint").fetchone(), (0,))


class Writing(DatabaseTest):
    def test_all_saves_of_a_turn_are_written_or_none(self) -> None:
        database = self.open()
        with self.assertRaises(sqlite3.Error):
            database.write([settings.upsert("a", b"1"), BROKEN])
        self.assertIsNone(settings.read(database, "a"))
        database.write([settings.upsert("a", b"1")])
        self.assertEqual(settings.read(database, "a"), b"1")

    def test_saves_are_written_in_their_order(self) -> None:
        database = self.open()
        turn = [settings.upsert("a", b"1"), settings.add("a", b"2"), settings.upsert("a", b"3")]
        database.write(turn)
        self.assertEqual(settings.read(database, "a"), b"3")

    def test_a_running_server_does_not_wait_for_another_program(self) -> None:
        database, other = self.open(), self.open()
        database.shorten_lock_timeout()
        (milliseconds,) = database.rows("PRAGMA busy_timeout").fetchone()
        self.assertEqual(milliseconds, LOCK_TIMEOUT_MILLISECONDS)
        self.assertLessEqual(milliseconds, 100)
        other.rows("BEGIN IMMEDIATE")
        for saves in ([settings.upsert("a", b"1")], [settings.upsert("a", b"1"), settings.upsert("b", b"2")]):
            with self.assertRaisesRegex(sqlite3.OperationalError, "locked"):
                database.write(saves)
        other.rows("ROLLBACK")
        database.write([settings.upsert("a", b"1")])
