"""The store: how durable it is, who may write, what becomes of old messages."""

from __future__ import annotations

import sqlite3
import tempfile
import unittest
from pathlib import Path
from typing import Literal

from chatapp.server.storage.database import HIGHEST_CHANNEL, Database, Reader, Save
from chatapp.server.storage.history_pages import partners
from chatapp.server.storage.schema import MIGRATIONS


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
                store = Database(self.path, durability)
                self.addCleanup(store.close)
                pragma = store._connection.execute("PRAGMA synchronous").fetchone()
                self.assertEqual(pragma, (value,))

    def test_it_is_kept_in_a_log_that_readers_do_not_wait_for(self) -> None:
        store, reader = Database(self.path), Reader(self.path)
        self.addCleanup(store.close)
        self.addCleanup(reader.close)
        self.assertEqual(store._connection.execute("PRAGMA journal_mode").fetchone(), ("wal",))
        store._connection.execute("BEGIN IMMEDIATE")
        self.assertEqual(reader.rows("SELECT count(*) FROM messages").fetchone(), (0,))

    def test_a_reader_cannot_write(self) -> None:
        store, reader = Database(self.path), Reader(self.path)
        self.addCleanup(store.close)
        self.addCleanup(reader.close)
        with self.assertRaisesRegex(sqlite3.OperationalError, "readonly"):
            reader.rows("DELETE FROM messages")

    def test_all_saves_of_a_turn_or_none(self) -> None:
        store = Database(self.path)
        self.addCleanup(store.close)
        with self.assertRaises(sqlite3.Error):
            store.write([("fact", ("a", b"1")), ("fact", ("b", None))])
        self.assertIsNone(store.fact("a"))
        store.write([("fact", ("a", b"1"))])
        self.assertEqual(store.fact("a"), b"1")

    def test_who_writes_for_the_core_does_not_wait_for_another_program(self) -> None:
        store, other = Database(self.path), Database(self.path)
        self.addCleanup(store.close)
        self.addCleanup(other.close)
        store.hurry()
        (milliseconds,) = store._connection.execute("PRAGMA busy_timeout").fetchone()
        self.assertLessEqual(milliseconds, 100)
        other._connection.execute("BEGIN IMMEDIATE")
        for saves in ([("fact", ("a", b"1"))], [("fact", ("a", b"1")), ("fact", ("b", b"2"))]):
            with self.assertRaisesRegex(sqlite3.OperationalError, "locked"):
                store.write(saves)
        other._connection.execute("ROLLBACK")
        store.write([("fact", ("a", b"1"))])


class ChannelNumbers(StoreTest):
    """A number is never given to a second channel, which would show what was said in the first."""

    def highest(self, *saves: Save) -> int:
        """Of a new database with these in it."""
        self.path.unlink(missing_ok=True)
        store = Database(self.path)
        try:
            store.write([("fact", ("x", b"")), *saves])
            return store.highest_channel()
        finally:
            store.close()

    def test_without_channels_it_is_none(self) -> None:
        direct = ("message", (1, "=ann\n=bob", "bob", 1, "PRIVMSG", "a!b@c", "", 0, "hi", ""))
        self.assertEqual(self.highest(direct, ("marker", ("=ann", "=ann\n=bob", 1))), 0)

    def test_whatever_is_kept_under_a_number_counts(self) -> None:
        for save in (
            ("message", (1, "#12", "", 1, "PRIVMSG", "a!b@c", "", 0, "hi", "")),
            ("event", ("#12", 1, 1, "JOIN", "a!b@c", "", 0, "", "")),
            ("marker", ("=ann", "#12", 1)),
            ("metadata", ("#12", "url", "x")),
            ("fact", (HIGHEST_CHANNEL, b"12")),
        ):
            with self.subTest(save):
                self.assertEqual(self.highest(save), 12)

    def test_the_highest_is_the_largest_number_and_not_the_last_in_the_alphabet(self) -> None:
        saves = [("event", (f"#{number}", 1, number, "JOIN", "", "", 0, "", "")) for number in (9, 10, 2)]
        self.assertEqual(self.highest(*saves), 10)

    def test_a_channel_that_was_dropped_counts(self) -> None:
        channel = (7, "#c", "#c", 1, "", "", 0, "{}")
        self.assertEqual(self.highest(("channel", channel), ("drop channel", (7,))), 7)


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
        store, reader = Database(self.path), Reader(self.path)
        self.addCleanup(store.close)
        self.addCleanup(reader.close)
        there = [("!7", "7", 1003), ("=ann", "ann", 1004), ("=bob", "bob", 1002)]
        self.assertEqual(sorted(partners(reader, "=ann")), there)
        self.assertEqual(partners(reader, "=bob"), [("=ann", "ann", 1002)])
        self.assertEqual(store.last_direct(), 1004)
