"""Stored data are loaded into a new world."""

from __future__ import annotations

import unittest

from chatapp.server import config
from chatapp.server.state.accounts import Account
from chatapp.server.state.bans import Ban
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import (
    account_rows,
    audit_log,
    ban_rows,
    channel_rows,
    expiry,
    marker_rows,
    message_rows,
    metadata_rows,
    persistent_users,
    settings,
)
from chatapp.server.storage.database import Database
from chatapp.server.storage.load_world import load_world
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.statements import Save

NOW = 1_773_316_800_000
ANN = Account("Ann", "hash", "moderator", "", 1, 7)
CHANNEL = Channel(3, "#Talk", NOW - 5000)


class LoadTest(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def load(self, *saves: Save, settings: str = "") -> World:
        """Return the world after a start with these rows."""
        if saves:
            self.database.write(saves)
        world = World(config.parse(settings), NOW)
        load_world(world, self.database)
        return world


class Loading(LoadTest):
    def test_channels_are_loaded_and_their_numbers_are_reserved(self) -> None:
        world = self.load(channel_rows.upsert(CHANNEL))
        self.assertEqual(world.channel("#talk").name, "#Talk")
        self.assertEqual(world.new_channel("#new", NOW).id, 4)

    def test_accounts_bans_markers_and_metadata_are_loaded(self) -> None:
        ban = Ban("eve!*@*", "spam", "ann", 1, 0)
        world = self.load(
            account_rows.insert(ANN),
            account_rows.insert_certificate("ff", ANN),
            ban_rows.upsert(ban),
            marker_rows.upsert(ANN.identity, "#3", 5),
            metadata_rows.upsert(ANN.identity, "url", "x"),
        )
        self.assertEqual((world.accounts, world.certificates), ({"ann": ANN}, {"ff": "ann"}))
        self.assertEqual(list(world.bans), [ban])
        self.assertEqual(world.markers, {ANN.identity: {"#3": 5}})
        self.assertEqual(world.metadata, {ANN.identity: {"url": "x"}})

    def test_settings_are_loaded(self) -> None:
        world = self.load(
            settings.upsert(settings.LOCKED, b"yes"),
            settings.upsert(settings.OWNER_CREDENTIALS, b"credentials"),
            settings.upsert(settings.ACCOUNTS_CHANGED, b"12"),
        )
        self.assertTrue(world.is_locked and world.config.accounts.members_only)
        self.assertEqual((world.owner_credentials, world.accounts_version), ("credentials", b"12"))

    def test_entries_of_the_audit_log_before_the_start_are_not_new(self) -> None:
        entry = audit_log.insert_by_command_line(5, "OWNER", "key", "added")
        self.assertEqual(self.load(entry, entry).last_audited, 2)

    def test_the_time_of_the_newest_direct_message_is_loaded(self) -> None:
        world = self.load(message_rows.upsert_conversation("=ann.7", "=bob", "=ann.7\n=bob", "bob", NOW - 3))
        self.assertEqual(world.next_direct_time(0), NOW - 2)

    def test_conversations_of_guests_are_dropped(self) -> None:
        self.load(message_rows.upsert_conversation("!1", "!2", "!1\n!2", "bob", NOW - 3))
        self.assertEqual(expiry.dropped(self.database, 10, 10).rows, 1)

    def test_times_in_the_future_are_set_back(self) -> None:
        late = StoredMessage(1, "#3", "", NOW + 10**10, "PRIVMSG", "ann!a@h", "", "hi", {})
        with self.assertLogs("chatapp.server.storage.load_world", "WARNING"):
            world = self.load(channel_rows.upsert(CHANNEL), message_rows.insert(late, 1))
        self.assertLess(world.channel("#talk").last_time, NOW)


class PersistentUsers(LoadTest):
    def setUp(self) -> None:
        super().setUp()
        ann = User(1, "annie", "u", "h", "Ann Example", 1)
        ann.set_account(ANN)
        self.database.write([
            account_rows.insert(ANN), channel_rows.upsert(CHANNEL),
            channel_rows.upsert_ranks(CHANNEL, "Ann", "o"),
            persistent_users.upsert(ann, NOW - 1000), persistent_users.insert_channel(ann, CHANNEL),
        ])  # fmt: skip

    def test_a_user_is_restored_with_channels_ranks_and_role(self) -> None:
        world = self.load()
        ann = world.user("annie")
        self.assertEqual((ann.account, ann.role, world.absent[ann]), ("Ann", "moderator", NOW - 1000))
        self.assertEqual(
            [(channel.name, member.ranks) for channel, member in ann.channels.items()], [("#Talk", "o")]
        )

    def test_no_user_is_restored_without_persistence(self) -> None:
        self.assertEqual(self.load(settings="[accounts]\nalways_on = false").users, {})

    def test_of_two_users_with_one_nick_the_longest_absent_is_restored(self) -> None:
        bob = Account("Bob", "hash", "member", "", 1, 8)
        other = User(2, "annie", "u", "h", "Bob", 1)
        other.set_account(bob)
        world = self.load(account_rows.insert(bob), persistent_users.upsert(other, NOW - 500))
        self.assertEqual([user.account for user in world.users.values()], ["Ann"])
