"""The search index file: its contents, and its rebuilding after damage."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import unittest
from contextlib import closing
from pathlib import Path

from chatapp.server.storage import message_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.search_index import SearchIndex


class IndexTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "words.db"
        self.database = Database(self.path.with_name("chat.db"))
        self.addCleanup(self.database.close)
        for number, (target, text) in enumerate(
            (("#1", "red apple"), ("=ann\n=bob", "green pear"), ("#1", "plum"))
        ):
            row = StoredMessage(number + 1, target, "", number + 1, "PRIVMSG", "Ann!a@h", "", text, {})
            self.database.write([message_rows.insert(row, 1)])
        self.index = self.open()

    def open(self) -> SearchIndex:
        index = SearchIndex(self.path, self.path.with_name("chat.db"))
        self.addCleanup(index.close)
        return index

    def rows(self) -> list[tuple[object, ...]]:
        """Return the contents of the index, by id."""
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute("SELECT rowid, text, place, nick FROM words ORDER BY rowid").fetchall()


class Contents(IndexTest):
    def test_messages_are_indexed_oldest_first_up_to_a_limit(self) -> None:
        self.assertEqual([self.index.add(2), self.index.add(2), self.index.add(2)], [2, 1, 0])
        self.assertEqual([row[:2] for row in self.rows()], [(1, "red apple"), (2, "green pear"), (3, "plum")])

    def test_targets_and_nicks_are_hexadecimal_words(self) -> None:
        self.index.add(10)
        ann, bob, channel = (text.encode().hex().upper() for text in ("=ann", "=bob", "#1"))
        self.assertEqual([row[2] for row in self.rows()], [channel, f"{ann} {bob}", channel])
        self.assertEqual({row[3] for row in self.rows()}, {b"ann".hex().upper()})

    def test_deleted_messages_are_removed(self) -> None:
        self.index.add(10)
        self.database.write([message_rows.delete(1), message_rows.delete(3)])
        self.index.refresh([1, 3])
        self.assertEqual([row[0] for row in self.rows()], [2])

    def test_an_edited_message_has_only_its_new_words(self) -> None:
        self.index.add(2)
        self.database.write([message_rows.edit(1, "goodbye", 9, 9), message_rows.edit(3, "later", 9, 9)])
        self.index.refresh([1, 3])
        first, *others = self.rows()
        self.assertEqual(first[:2], (1, "goodbye"))
        self.assertEqual([row[0] for row in others], [2], "the third was not indexed yet")

    def test_it_can_be_written_while_the_database_is_locked(self) -> None:
        """Neither waits for the other: the index is a separate file."""
        self.database.rows("BEGIN IMMEDIATE")
        self.assertEqual(self.index.add(10), 3)
        self.index.refresh([1])
        self.database.rows("ROLLBACK")

    def test_it_continues_after_a_restart(self) -> None:
        self.index.add(2)
        self.index.close()
        self.assertEqual(self.open().add(10), 1)


class Damage(IndexTest):
    def assertRebuilt(self, index: SearchIndex) -> None:
        self.assertEqual((index.damage, index.add(10)), ("", 3))

    def test_an_intact_index_is_not_rebuilt(self) -> None:
        self.index.add(10)
        generation = self.index.generation
        self.assertTrue(self.index.repair())
        self.assertEqual((self.index.generation, self.index.add(10)), (generation, 0))

    def test_a_damaged_index_is_set_aside_and_rebuilt(self) -> None:
        self.index.add(10)
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        self.index.report(error)
        generation = self.index.generation
        with self.assertLogs("chatapp.server.storage.search_index", "WARNING") as logs:
            self.assertTrue(self.index.repair())
        self.assertIn("is rebuilt, the old one is now words-damaged.db", logs.output[0])
        self.assertTrue(self.path.with_name("words-damaged.db").is_file())
        self.assertGreater(self.index.generation, generation)
        self.assertRebuilt(self.index)

    def test_an_index_that_is_lost_with_its_database_is_not_reported(self) -> None:
        with self.assertNoLogs("chatapp.server.storage.search_index", "WARNING"):
            shutil.rmtree(self.path.parent)
            self.assertFalse(self.index.repair())

    def test_nor_is_anything_when_the_write_ahead_log_is_gone(self) -> None:
        self.assertFalse(self.index.is_orphaned)
        self.path.with_name("chat.db-wal").unlink()
        self.assertTrue(self.index.is_orphaned)

    def test_other_errors_are_not_damage(self) -> None:
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        self.index.report(error)
        self.assertEqual(self.index.damage, "")

    def test_a_file_that_is_not_a_database_is_rebuilt_at_the_start(self) -> None:
        self.index.close()
        self.path.write_bytes(b"no database at all" * 3000)
        with self.assertLogs("chatapp.server.storage.search_index", "WARNING"):
            self.assertRebuilt(self.open())

    def test_an_index_of_another_version_is_rebuilt(self) -> None:
        self.index.add(10)
        self.index.close()
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA user_version = 99")
        self.assertRebuilt(self.open())
