"""Stored metadata of channels and accounts."""

from __future__ import annotations

import unittest

from chatapp.server.state.accounts import Account
from chatapp.server.state.channel import Channel
from chatapp.server.storage import account_rows, channel_rows, metadata_rows
from chatapp.server.storage.database import Database

OLD, NEW = Account("ann", "hash", "member", "", 1), Account("bob", "hash", "member", "", 1, 255)


class Metadata(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)
        self.database.write([account_rows.insert(OLD), account_rows.insert(NEW)])

    def test_values_of_channels_and_accounts_are_loaded(self) -> None:
        for owner in ("#3", OLD.identity, NEW.identity):
            self.database.write([metadata_rows.upsert(owner, "url", "first")])
            self.database.write([metadata_rows.upsert(owner, "url", "second")])
        expected = {owner: {"url": "second"} for owner in ("#3", "=ann", "=bob.ff")}
        self.assertEqual(metadata_rows.load_all(self.database), expected)

    def test_a_deleted_value_is_gone(self) -> None:
        self.database.write([metadata_rows.upsert("#3", key, "x") for key in ("url", "avatar")])
        self.database.write([metadata_rows.delete("#3", "url")])
        self.assertEqual(metadata_rows.load_all(self.database), {"#3": {"avatar": "x"}})

    def test_nothing_is_stored_for_a_deleted_account(self) -> None:
        self.database.write([*account_rows.delete(NEW), metadata_rows.upsert(NEW.identity, "url", "x")])
        self.assertEqual(metadata_rows.load_all(self.database), {})

    def test_values_of_a_channel_are_deleted_with_it(self) -> None:
        channel = Channel(3, "#c", 1)
        self.database.write([channel_rows.upsert(channel), metadata_rows.upsert(channel.key, "url", "x")])
        self.database.write([channel_rows.delete(channel)])
        self.assertEqual(metadata_rows.load_all(self.database), {})
