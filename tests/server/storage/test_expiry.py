"""Rows to delete: expired messages, and the data of deleted channels and accounts."""

from __future__ import annotations

import unittest

from chatapp.server.state.accounts import Account
from chatapp.server.state.channel import Channel
from chatapp.server.storage import (
    account_rows,
    channel_rows,
    expiry,
    file_lists,
    file_rows,
    marker_rows,
    message_rows,
)
from chatapp.server.storage.database import Database
from chatapp.server.storage.expiry import DeletedMarkers, Deletion
from chatapp.server.storage.file_rows import StoredFile
from chatapp.server.storage.message_rows import StoredMessage

ANN = Account("ann", "hash", "member", "", 1, 7)
DIRECT = "=ann.7\n=bob.8"
LIMIT, KEYS = 100, 10


class ExpiryTest(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def send(self, target: str, *ids: int, command: str = "PRIVMSG") -> None:
        """Store messages or events with these ids, sent at the times of the same numbers."""
        insert = message_rows.insert if command == "PRIVMSG" else message_rows.insert_event
        for number in ids:
            row = StoredMessage(number, target, "", number, command, "ann!a@h", "", "hi", {})
            self.database.write([insert(row, 1)])

    def delete(self, deletion: Deletion) -> None:
        self.database.write(deletion.saves)

    def ids(self, table: str) -> list[int]:
        return [number for (number,) in self.database.rows(f"SELECT id FROM {table} ORDER BY id")]

    def drop_channel(self, number: int) -> None:
        channel = Channel(number, f"#{number}", 1)
        self.database.write([channel_rows.upsert(channel), channel_rows.delete(channel)])


class Expired(ExpiryTest):
    def test_messages_and_events_before_the_first_retained_time_are_found(self) -> None:
        self.send("#1", 1, 2, 3)
        self.send("#1", 4, 5, 6, command="JOIN")
        self.delete(expiry.expired(self.database, 3, LIMIT))
        self.assertEqual((self.ids("messages"), self.ids("events")), ([3], [4, 5, 6]))
        self.delete(expiry.expired(self.database, 6, LIMIT))
        self.assertEqual((self.ids("messages"), self.ids("events")), ([], [6]))

    def test_the_number_of_rows_at_a_time_is_limited(self) -> None:
        self.send("#1", 1, 2, 3)
        deletion = expiry.expired(self.database, 10, 2)
        self.assertEqual(deletion.rows, 2)
        self.delete(deletion)
        self.assertEqual(self.ids("messages"), [3])

    def test_nothing_is_expired(self) -> None:
        self.send("#1", 5)
        self.assertEqual(expiry.expired(self.database, 5, LIMIT), Deletion())


class ExpiredInChannels(ExpiryTest):
    def test_old_rows_of_one_channel_are_found_a_few_at_a_time(self) -> None:
        self.send("#1", 1, 2, 3, 9)
        self.send("#1", 4, 8, command="JOIN")
        self.send("#2", 5)
        self.delete(expiry.expired_in(self.database, "#1", 8, 2))
        self.assertEqual((self.ids("messages"), self.ids("events")), ([3, 5, 9], [8]))
        self.delete(expiry.expired_in(self.database, "#1", 8, 2))
        self.assertEqual(self.ids("messages"), [5, 9])
        self.assertEqual(expiry.expired_in(self.database, "#1", 8, 2), Deletion())


class DroppedChannels(ExpiryTest):
    def test_all_their_messages_are_found_and_other_channels_stay(self) -> None:
        self.send("#1", 1, 2)
        self.send("#1", 3, command="JOIN")
        self.send("#2", 4)
        self.database.write([marker_rows.upsert("=ann", key, 1) for key in ("#1", "#2")])
        self.drop_channel(1)
        deletion = expiry.dropped(self.database, LIMIT, KEYS)
        self.delete(deletion)
        self.assertEqual((self.ids("messages"), self.ids("events")), ([4], []))
        self.assertEqual(marker_rows.load_all(self.database), {"=ann": {"#2": 1}})
        self.assertEqual(deletion.markers, [DeletedMarkers("#1")])
        self.assertEqual(expiry.dropped(self.database, LIMIT, KEYS), Deletion())

    def test_a_large_channel_needs_several_rounds(self) -> None:
        self.send("#1", *range(1, 6))
        self.drop_channel(1)
        lengths = []
        for _ in range(3):
            deletion = expiry.dropped(self.database, 2, KEYS)
            lengths.append(deletion.rows)
            self.delete(deletion)
        self.assertEqual(lengths, [2, 2, 2])
        self.assertEqual(self.ids("messages"), [])
        self.assertEqual(self.database.rows("SELECT target FROM dropped").fetchall(), [])

    def test_the_number_of_keys_at_a_time_is_limited(self) -> None:
        for number in range(1, 4):
            self.drop_channel(number)
        self.delete(expiry.dropped(self.database, LIMIT, 2))
        self.assertEqual(self.database.rows("SELECT target FROM dropped").fetchall(), [("#3",)])


class DroppedAccounts(ExpiryTest):
    def setUp(self) -> None:
        super().setUp()
        self.database.write([
            account_rows.insert(ANN),
            message_rows.upsert_conversation("=ann.7", "=bob.8", DIRECT, "bob", 1),
            message_rows.upsert_conversation("=bob.8", "=ann.7", DIRECT, "ann", 1),
            message_rows.insert_undelivered("=ann.7", 1),
        ])  # fmt: skip
        self.send(DIRECT, 1, 2)
        self.send("#1", 3)

    def test_their_conversations_and_undelivered_messages_are_found(self) -> None:
        self.database.write([marker_rows.upsert("=bob.8", key, 1) for key in (DIRECT, "#1")])
        self.database.write(account_rows.delete(ANN))
        deletion = expiry.dropped(self.database, LIMIT, KEYS)
        self.assertEqual(deletion.markers, [DeletedMarkers(DIRECT, ("=ann.7", "=bob.8"))])
        self.delete(deletion)
        self.assertEqual(self.ids("messages"), [3])
        self.assertEqual(marker_rows.load_all(self.database), {"=bob.8": {"#1": 1}})
        for table in ("conversations", "waiting", "dropped"):
            self.assertEqual(self.database.rows(f"SELECT * FROM {table}").fetchall(), [], table)

    def test_their_files_go_except_those_in_messages_that_stay(self) -> None:
        for name in ("unsent", "direct", "public"):
            row = StoredFile(name, "a", "text/plain", name, 1, "=ann.7", "ann", "=ann.7", 1)
            self.database.write(file_rows.insert(row))
        self.database.write(file_rows.refer(1, ["direct"], "=ann.7"))
        self.database.write(file_rows.refer(3, ["public"], "=ann.7"))
        self.database.write(account_rows.delete(ANN))
        self.delete(expiry.dropped(self.database, LIMIT, KEYS))
        self.assertEqual([file.id for file in file_lists.newest(self.database, 9)], ["public"])

    def test_an_account_stays_on_the_list_until_nothing_is_left(self) -> None:
        self.database.write(account_rows.delete(ANN))
        self.delete(expiry.dropped(self.database, 1, KEYS))
        self.assertEqual(self.ids("messages"), [2, 3])
        self.assertEqual(self.database.rows("SELECT target FROM dropped").fetchall(), [("=ann.7",)])


class Guests(ExpiryTest):
    def test_conversations_between_guests_are_dropped_and_others_stay(self) -> None:
        for one, other in (("!1", "!2"), ("!1", "=ann.7")):
            self.converse(one, other)
        for one, other in (("!1", "!~2"), ("!~1", "!~2")):  # with a key, which brings a guest back
            self.converse(one, other)
            self.converse(other, one)
        self.database.write([expiry.drop_guest_conversations()])
        self.assertEqual(self.database.rows("SELECT target FROM dropped").fetchall(), [("!1\n!2",)])

    def converse(self, owner: str, partner: str) -> None:
        target = "\n".join(sorted((owner, partner)))
        self.database.write([message_rows.upsert_conversation(owner, partner, target, "x", 1)])


class Indexing(ExpiryTest):
    def test_changed_messages_are_listed_until_the_index_drops_them(self) -> None:
        self.send("#1", 1, 2, 3)
        self.assertIsNone(expiry.changed_messages(self.database, LIMIT))
        self.database.write([message_rows.delete(2), message_rows.delete(3)])
        found = expiry.changed_messages(self.database, 1)
        assert found
        self.assertEqual(found.ids, (2,))
        self.database.write([found.save])
        found = expiry.changed_messages(self.database, LIMIT)
        assert found
        self.assertEqual(found.ids, (3,))

    def test_newer_messages_are_counted_up_to_a_limit(self) -> None:
        self.assertEqual(expiry.newest_message_id(self.database), 0)
        self.send("#1", 1, 2, 3)
        self.assertEqual(expiry.newest_message_id(self.database), 3)
        self.assertEqual(expiry.count_newer(self.database, 1, LIMIT), 2)
        self.assertEqual(expiry.count_newer(self.database, 0, 2), 2)
