"""The reading connections of the workers."""

from __future__ import annotations

import sqlite3
import tempfile
import unittest
from pathlib import Path

from chatapp.server.storage import settings
from chatapp.server.storage.database import Database
from chatapp.server.storage.reader import Reader


class Reading(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "chat.db"
        self.database, self.reader = Database(path), Reader(path)
        self.addCleanup(self.database.close)
        self.addCleanup(self.reader.close)

    def test_a_reader_cannot_write(self) -> None:
        with self.assertRaisesRegex(sqlite3.OperationalError, "readonly"):
            self.reader.rows("DELETE FROM messages")

    def test_it_sees_committed_changes(self) -> None:
        self.database.rows("BEGIN IMMEDIATE")
        statement, values = settings.upsert("colour", b"red")
        self.database.rows(statement.sql, values)
        self.assertIsNone(settings.read(self.reader, "colour"))
        self.database.rows("COMMIT")
        self.assertEqual(settings.read(self.reader, "colour"), b"red")

    def test_without_an_index_nothing_is_indexed(self) -> None:
        self.assertIsNone(self.reader.indexed_up_to())
        self.reader.report_index(sqlite3.DatabaseError("no"))
        self.assertIsNone(self.reader.indexed_up_to())

    def test_a_query_is_cancelled_at_its_deadline(self) -> None:
        endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        with (
            self.reader.interruptible(lambda: True, 100),
            self.assertRaisesRegex(sqlite3.OperationalError, "interrupted"),
        ):
            self.reader.rows(endless).fetchone()
        self.assertEqual(self.reader.rows("SELECT 1").fetchone(), (1,))
