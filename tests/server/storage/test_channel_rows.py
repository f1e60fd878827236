"""Stored channels: their data are loaded, and no number is assigned twice."""

from __future__ import annotations

import unittest

from chatapp.server.state.channel import Channel, MaskEntry
from chatapp.server.storage import channel_rows, marker_rows, message_rows, metadata_rows, settings
from chatapp.server.storage.database import Database
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.statements import Save


def message(message_id: int, target: str, command: str = "PRIVMSG") -> StoredMessage:
    """Return a message or event with this id, sent at the time of the same number."""
    return StoredMessage(message_id, target, "", message_id, command, "ann!a@h", "", "hi", {})


class ChannelRowsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def write(self, *saves: Save) -> None:
        self.database.write(saves)

    def only(self) -> Channel:
        """Return the only stored channel."""
        (channel,) = channel_rows.load_all(self.database)
        return channel


class Loading(ChannelRowsTest):
    def setUp(self) -> None:
        super().setUp()
        self.channel = Channel(7, "#Class", 1000)
        self.write(channel_rows.upsert(self.channel))

    def test_name_topic_and_modes_are_loaded(self) -> None:
        channel = self.channel
        channel.topic, channel.topic_by, channel.topic_at = "Exam", "ann!a@h", 12
        channel.modes = {"k": "secret", "n": ""}
        self.write(channel_rows.upsert(channel))
        loaded = self.only()
        self.assertEqual(
            (loaded.id, loaded.name, loaded.folded, loaded.created), (7, "#Class", "#class", 1000)
        )
        self.assertEqual((loaded.topic, loaded.topic_by, loaded.topic_at), ("Exam", "ann!a@h", 12))
        self.assertEqual(loaded.modes, {"k": "secret", "n": ""})
        self.assertEqual(loaded.members, {})

    def test_masks_are_loaded_until_they_are_deleted(self) -> None:
        eve, bob = MaskEntry("eve!*@*", "ann", 13), MaskEntry("bob!*@*", "ann", 14)
        self.write(
            channel_rows.upsert_mask(self.channel, "b", eve), channel_rows.upsert_mask(self.channel, "e", bob)
        )
        self.assertEqual(self.only().lists, {"b": {"eve!*@*": eve}, "e": {"bob!*@*": bob}})
        self.write(channel_rows.delete_mask(self.channel, "b", "eve!*@*"))
        self.assertEqual(self.only().lists, {"e": {"bob!*@*": bob}})

    def test_ranks_are_loaded_until_they_are_deleted(self) -> None:
        self.write(channel_rows.upsert_ranks(self.channel, "ann", "o"))
        self.write(channel_rows.upsert_ranks(self.channel, "ann", "qo"))
        self.assertEqual(self.only().account_ranks, {"ann": "qo"})
        self.write(channel_rows.delete_ranks(self.channel, "ann"))
        self.assertEqual(self.only().account_ranks, {})

    def test_the_time_of_the_newest_message_or_event_is_loaded(self) -> None:
        self.assertEqual((self.only().last_time, self.only().has_messages), (0, False))
        self.write(message_rows.insert_event(message(8, "#7", "JOIN"), 1))
        self.assertEqual((self.only().last_time, self.only().has_messages), (8, False))
        self.write(message_rows.insert(message(5, "#7"), 1))
        self.assertEqual((self.only().last_time, self.only().has_messages), (8, True))

    def test_a_deleted_channel_is_gone_with_its_masks_and_ranks(self) -> None:
        self.write(
            channel_rows.upsert_mask(self.channel, "b", MaskEntry("eve!*@*", "ann", 13)),
            channel_rows.upsert_ranks(self.channel, "ann", "o"),
            channel_rows.delete(self.channel),
        )
        self.assertEqual(channel_rows.load_all(self.database), [])
        for table in ("channel_lists", "channel_ranks"):
            self.assertEqual(self.database.rows(f"SELECT * FROM {table}").fetchall(), [], table)


class ChannelNumbers(ChannelRowsTest):
    """A number is never assigned to a second channel, which would show the messages of the first."""

    def highest(self, *saves: Save) -> int:
        """Return the highest number in a new database with these rows."""
        database = Database(":memory:")
        try:
            database.write([settings.upsert("x", b""), *saves])
            return channel_rows.highest_number(database)
        finally:
            database.close()

    def test_without_channels_it_is_zero(self) -> None:
        direct = message_rows.insert(message(1, "=ann\n=bob"), 0)
        self.assertEqual(self.highest(direct, marker_rows.upsert("=ann", "=ann\n=bob", 1)), 0)

    def test_anything_stored_under_a_number_counts(self) -> None:
        for save in (
            message_rows.insert(message(1, "#12"), 0),
            message_rows.insert_event(message(1, "#12", "JOIN"), 0),
            marker_rows.upsert("=ann", "#12", 1),
            metadata_rows.upsert("#12", "url", "x"),
            settings.upsert(settings.HIGHEST_CHANNEL, b"12"),
        ):
            with self.subTest(save):
                self.assertEqual(self.highest(save), 12)

    def test_it_is_the_largest_number_and_not_the_last_alphabetically(self) -> None:
        saves = [message_rows.insert_event(message(number, f"#{number}", "JOIN"), 0) for number in (9, 10, 2)]
        self.assertEqual(self.highest(*saves), 10)

    def test_a_deleted_channel_counts(self) -> None:
        channel = Channel(7, "#c", 1)
        self.assertEqual(self.highest(channel_rows.upsert(channel), channel_rows.delete(channel)), 7)
