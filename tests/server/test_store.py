"""The store: how durable it is, who may write, what becomes of old messages."""

from __future__ import annotations

import sqlite3
import tempfile
import unittest
from pathlib import Path
from typing import Literal

from chatapp.server.pages import partners
from chatapp.server.schema import MIGRATIONS
from chatapp.server.store import Reader, Store


class StoreTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "chat.db"


class Durability(StoreTest):
    def test_the_database_is_as_durable_as_asked(self) -> None:
        """NORMAL is 1, FULL is 2. Source  sqlite.org/pragma.html#pragma_synchronous"""
        levels: dict[Literal["normal", "full"], int] = {"normal": 1, "full": 2}
        for durability, value in levels.items():
            with self.subTest(durability):
                store = Store(self.path, durability)
                self.addCleanup(store.close)
                pragma = store._connection.execute("PRAGMA synchronous").fetchone()
                self.assertEqual(pragma, (value,))

    def test_it_is_kept_in_a_log_that_readers_do_not_wait_for(self) -> None:
        store, reader = Store(self.path), Reader(self.path)
        self.addCleanup(store.close)
        self.addCleanup(reader.close)
        self.assertEqual(store._connection.execute("PRAGMA journal_mode").fetchone(), ("wal",))
        store._connection.execute("BEGIN IMMEDIATE")
        self.assertEqual(reader.rows("SELECT count(*) FROM messages").fetchone(), (0,))

    def test_a_reader_cannot_write(self) -> None:
        store, reader = Store(self.path), Reader(self.path)
        self.addCleanup(store.close)
        self.addCleanup(reader.close)
        with self.assertRaisesRegex(sqlite3.OperationalError, "readonly"):
            reader.rows("DELETE FROM messages")

    def test_all_saves_of_a_turn_or_none(self) -> None:
        store = Store(self.path)
        self.addCleanup(store.close)
        with self.assertRaises(sqlite3.Error):
            store.write([("fact", ("a", b"1")), ("fact", ("b", None))])
        self.assertIsNone(store.fact("a"))
        store.write([("fact", ("a", b"1"))])
        self.assertEqual(store.fact("a"), b"1")


class OldMessages(StoreTest):
    def test_who_wrote_to_whom_is_known_of_them_too(self) -> None:
        old = sqlite3.connect(self.path, isolation_level=None)
        for statements in MIGRATIONS[:2]:
            old.executescript(statements)
        old.execute("PRAGMA user_version = 2")
        for number, key in enumerate(("#1", "=ann\n=bob", "=ann\n=bob", "!7\n=ann", "=ann\n=ann")):
            row = (number, key, "", 1000 + number, "PRIVMSG", "a!b@c", "", "hello", "")
            old.execute("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        old.close()
        store, reader = Store(self.path), Reader(self.path)
        self.addCleanup(store.close)
        self.addCleanup(reader.close)
        there = [("!7", "7", 1003), ("=ann", "ann", 1004), ("=bob", "bob", 1002)]
        self.assertEqual(sorted(partners(reader, "=ann")), there)
        self.assertEqual(partners(reader, "=bob"), [("=ann", "ann", 1002)])
        self.assertEqual(store.last_direct(), 1004)
