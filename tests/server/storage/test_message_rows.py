"""Stored messages and events."""

from __future__ import annotations

import unittest

from chatapp.server.storage import message_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.message_rows import COLUMNS, Authorship, StoredMessage, from_columns
from chatapp.server.storage.statements import Save

HELLO = StoredMessage(10, "#3", "", 1000, "PRIVMSG", "ann!a@h", "Ann", "hello", {"+note": "x"})
DIRECT = "=ann.7\n=bob.8"


class MessageRowsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def write(self, *saves: Save) -> None:
        self.database.write(saves)

    def stored(self) -> list[StoredMessage]:
        """Return all messages, by id."""
        return [
            from_columns(row) for row in self.database.rows(f"SELECT {COLUMNS} FROM messages ORDER BY id")
        ]


class Messages(MessageRowsTest):
    def test_a_message_is_loaded_as_it_was_stored(self) -> None:
        self.write(message_rows.insert(HELLO, 7))
        self.assertEqual(self.stored(), [HELLO])

    def test_ids_and_times_of_a_burst_increase_by_one(self) -> None:
        self.write(message_rows.insert_burst(10, "#3", 1000, "ann!a@h", "Ann", 7, ["one", "two"]))
        one = HELLO._replace(text="one", tags={})
        self.assertEqual(self.stored(), [one, one._replace(id=11, time=1001, text="two")])

    def test_a_deleted_message_is_gone(self) -> None:
        self.write(message_rows.insert(HELLO, 7), message_rows.delete(10))
        self.assertEqual(self.stored(), [])

    def test_an_edited_message_has_only_its_new_text(self) -> None:
        self.write(message_rows.insert(HELLO, 7), message_rows.edit(10, "goodbye", 2000, 11))
        self.assertEqual(self.stored(), [HELLO._replace(text="goodbye", edited=2000)])

    def test_the_newest_id_is_that_of_a_message_or_an_event(self) -> None:
        self.assertEqual(message_rows.newest_id(self.database), 0)
        self.write(message_rows.insert(HELLO, 7))
        self.assertEqual(message_rows.newest_id(self.database), 10)
        self.write(message_rows.insert_event(HELLO._replace(id=12, command="JOIN"), 7))
        self.assertEqual(message_rows.newest_id(self.database), 12)


class Authors(MessageRowsTest):
    def test_the_author_of_a_message_is_stored(self) -> None:
        self.write(message_rows.insert(HELLO, 7))
        self.assertEqual(
            message_rows.authorship(self.database, "#3", 10), Authorship(10, 1000, 7, "Ann", "PRIVMSG", True)
        )

    def test_the_author_of_a_tagmsg_is_stored_too(self) -> None:
        self.write(message_rows.insert_event(HELLO._replace(command="TAGMSG"), 7))
        self.assertEqual(
            message_rows.authorship(self.database, "#3", 10), Authorship(10, 1000, 7, "Ann", "TAGMSG", False)
        )

    def test_other_events_have_no_author(self) -> None:
        self.write(message_rows.insert_event(HELLO._replace(command="TOPIC"), 7))
        self.assertIsNone(message_rows.authorship(self.database, "#3", 10))

    def test_a_message_is_found_under_its_own_target_only(self) -> None:
        self.write(message_rows.insert(HELLO, 7))
        self.assertIsNone(message_rows.authorship(self.database, "#4", 10))


class Undelivered(MessageRowsTest):
    def setUp(self) -> None:
        super().setUp()
        self.messages = [HELLO._replace(id=number, target=DIRECT, recipient="ann") for number in (10, 11, 12)]
        for message in self.messages:
            self.write(message_rows.insert(message, 8), message_rows.insert_undelivered("=ann.7", message.id))

    def test_the_newest_are_returned_first_up_to_the_limit(self) -> None:
        found = message_rows.undelivered(self.database, "=ann.7", 2)
        self.assertEqual(found, [self.messages[2], self.messages[1]])
        self.assertEqual(message_rows.undelivered(self.database, "=bob.8", 2), [])

    def test_delivered_messages_are_no_longer_undelivered_and_stay_in_the_history(self) -> None:
        self.write(message_rows.delete_undelivered("=ann.7", 11))
        self.assertEqual(message_rows.undelivered(self.database, "=ann.7", 9), [self.messages[2]])
        self.assertEqual(self.stored(), self.messages)


class Conversations(MessageRowsTest):
    def test_the_time_of_the_newest_direct_message_is_returned(self) -> None:
        self.assertEqual(message_rows.last_direct_time(self.database), 0)
        self.write(
            message_rows.upsert_conversation("=ann.7", "=bob.8", DIRECT, "bob", 1000),
            message_rows.upsert_conversation("=ann.7", "=bob.8", DIRECT, "bobby", 1001),
        )
        self.assertEqual(message_rows.last_direct_time(self.database), 1001)
        row = self.database.rows("SELECT owner, partner, target, nick, last FROM conversations").fetchall()
        self.assertEqual(row, [("=ann.7", "=bob.8", DIRECT, "bobby", 1001)])
