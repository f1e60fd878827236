"""Which channels end before the first client connects."""

from __future__ import annotations

import unittest

from chatapp.server import config
from chatapp.server.state.channel import Channel
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows, message_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.statements import Save
from chatapp.server.tasks.startup import prepare_world

NOW = 1_773_316_800_000
HI = StoredMessage(1, "#7", "", NOW - 1000, "PRIVMSG", "ann!a@h", "", "hi", {})


class Startup(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)
        self.channel = Channel(7, "#c", NOW - 1000)

    def channels(self, *more: Save) -> list[str]:
        """Return the names of the channels after the start, with these rows stored besides the channel."""
        self.database.write([channel_rows.upsert(self.channel), *more])
        world = World(config.parse("[channels]\ndefault = ['#general']"), NOW)
        prepare_world(world, self.database)
        stored = [channel.name for channel in channel_rows.load_all(self.database)]
        self.assertEqual(stored, [channel.name for channel in world.channels.values()])
        return stored

    def test_a_channel_without_messages_topic_or_ranks_ends(self) -> None:
        self.assertEqual(self.channels(), [])

    def test_a_channel_with_a_message_stays(self) -> None:
        self.assertEqual(self.channels(message_rows.insert(HI, 1)), ["#c"])

    def test_a_channel_with_a_topic_stays(self) -> None:
        self.channel.topic = "Exam"
        self.assertEqual(self.channels(), ["#c"])

    def test_a_channel_where_an_account_has_a_rank_stays(self) -> None:
        self.assertEqual(self.channels(channel_rows.upsert_ranks(self.channel, "ann", "o")), ["#c"])

    def test_a_default_channel_stays(self) -> None:
        self.channel = Channel(7, "#general", NOW - 1000)
        self.assertEqual(self.channels(), ["#general"])

    def test_its_number_is_not_assigned_again(self) -> None:
        self.channels(message_rows.insert_event(HI._replace(command="JOIN"), 1))
        world = World(config.parse(""), NOW)
        prepare_world(world, self.database)
        self.assertEqual(world.new_channel("#new", NOW).id, 8)
