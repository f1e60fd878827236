"""Searching messages: with the index, with a scan, and with both."""

from __future__ import annotations

import tempfile
import unittest
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from chatapp.server.state.accounts import Account
from chatapp.server.state.message_ids import first_id
from chatapp.server.storage import account_rows, message_rows, message_search
from chatapp.server.storage.database import Database
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.message_search import SearchQuery, SearchTimeout, find
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.search_index import SearchIndex

HOUR = 3_600_000
QUERY = SearchQuery(("#1",), "", "", "", 0, 100 * HOUR, oldest_first=False, limit=10, max_bytes=100_000)
MESSAGES = (
    (1, "#1", "ann", "The quick fox"),
    (2, "#1", "bob", "a QUICKLY eaten fox"),
    (3, "#2", "ann", "another quick fox"),
    (4, "=ann.7\n=bob.8", "bob", "quick and private"),
    (5, "#1", "ann", "50% sure_thing"),
    (6, "#1", "ann", "今天天气很好"),
)


class Scanning(unittest.TestCase):
    """No message is indexed."""

    INDEXED = 0

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "chat.db"
        self.database = Database(path)
        self.addCleanup(self.database.close)
        for hour, target, nick, text in MESSAGES:
            self.store(hour * HOUR, target, nick, text)
        self.index = SearchIndex(path.with_name("words.db"), path)
        self.addCleanup(self.index.close)
        if self.INDEXED:
            self.index.add(self.INDEXED)
        self.reader = Reader(path, self.index)
        self.addCleanup(self.reader.close)

    def store(self, at: int, target: str, nick: str, text: str) -> None:
        row = StoredMessage(first_id(at), target, "", at, "PRIVMSG", f"{nick}!u@h", "", text, {})
        self.database.write([message_rows.insert(row, 1)])

    def hours(self, **changes: Any) -> list[int]:
        """Return the numbers of the messages that a query finds."""
        return [message.time // HOUR for message in find(self.reader, QUERY._replace(**changes))]

    def test_all_words_must_match_and_the_last_may_be_a_prefix(self) -> None:
        for text, found in (("quick", [1, 2]), ("fox quick", [1, 2]), ("quickly fo", [2]), ("quick dog", [])):
            with self.subTest(text):
                self.assertEqual(self.hours(text=text), found)

    def test_punctuation_and_scripts_without_spaces_are_found(self) -> None:
        for text, found in (("50%", [5]), ("sure_thing", [5]), ("天气", [6])):
            with self.subTest(text):
                self.assertEqual(self.hours(text=text), found)

    def test_only_the_given_targets_are_searched(self) -> None:
        self.assertEqual(self.hours(targets=("#2",), text="quick"), [3])
        self.assertEqual(self.hours(targets=("#1", "#2"), text="quick"), [1, 2, 3])
        self.assertEqual(self.hours(targets=(), identity="=ann.7", text="quick"), [4])
        self.assertEqual(self.hours(targets=(), identity="=eve", text="quick"), [])

    def test_the_nick_of_the_sender_is_searched(self) -> None:
        self.assertEqual(self.hours(nick="BOB"), [2])
        self.assertEqual(self.hours(nick="bo"), [])

    def test_times_are_inclusive(self) -> None:
        self.assertEqual(self.hours(after=2 * HOUR, before=5 * HOUR), [2, 5])

    def test_the_limit_counts_from_the_newest_or_the_oldest(self) -> None:
        self.assertEqual(self.hours(limit=2), [5, 6])
        self.assertEqual(self.hours(limit=2, oldest_first=True), [1, 2])

    def test_conversations_with_deleted_accounts_are_not_searched(self) -> None:
        self.database.write(account_rows.delete(Account("bob", "", "member", "", 0, 8)))
        self.assertEqual(self.hours(targets=(), identity="=ann.7", text="quick"), [])

    def test_a_search_that_takes_too_long_is_cancelled(self) -> None:
        with (
            patch.object(message_search, "SECONDS", -1.0),
            patch.object(message_search, "_STEPS", 1),
            self.assertRaises(SearchTimeout),
        ):
            self.hours(text="quick")
        self.assertEqual(self.hours(text="quick"), [1, 2])


class Indexed(Scanning):
    """All messages are indexed."""

    INDEXED = 10

    def test_accents_do_not_matter(self) -> None:
        self.assertEqual(self.hours(text="QUÍCK"), [1, 2])

    def test_indexed_messages_are_not_scanned(self) -> None:
        many = 1000
        for second in range(many):
            self.store(7 * HOUR + second * 1000, "#1", "ann", "still the same")
        self.index.add(many)
        kinds: tuple[dict[str, Any], ...] = (
            {},
            {"oldest_first": True},
            {"after": HOUR},
            {"identity": "=ann.7"},
        )
        for changes in kinds:
            with self.subTest(changes):
                self.assertLess(self.steps(text="unheard", **changes), many)

    def steps(self, **changes: Any) -> int:
        """Return how many instructions of SQLite's virtual machine a search without a match takes."""
        steps = count()
        interruptible = self.reader.interruptible
        with patch.object(self.reader, "interruptible", lambda *_: interruptible(lambda: next(steps) < 0, 1)):
            self.assertEqual(self.hours(**changes), [])
        return next(steps)


class HalfIndexed(Scanning):
    """The first messages are indexed."""

    INDEXED = 2
