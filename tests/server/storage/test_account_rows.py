"""Stored accounts, and the data that are deleted with an account."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.server.state.accounts import Account
from chatapp.server.state.channel import Channel, MaskEntry
from chatapp.server.storage import account_rows, channel_rows, marker_rows, metadata_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.statements import Save

ANN = Account("Ann", "hash", "owner", "ann@example.org", 1000, 7)
BOB = Account("bob", "hash", "member", "", 1001, 8)
CHANNEL = Channel(3, "#c", 1)


class AccountRowsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)
        self.write(account_rows.insert(ANN), account_rows.insert(BOB))

    def write(self, *saves: Save) -> None:
        self.database.write(saves)


class Accounts(AccountRowsTest):
    def test_accounts_are_loaded_by_their_folded_names(self) -> None:
        self.assertEqual(account_rows.load_all(self.database), {"ann": ANN, "bob": BOB})
        self.assertEqual(account_rows.find(self.database, "ann"), ANN)
        self.assertIsNone(account_rows.find(self.database, "Ann"))

    def test_a_second_account_of_the_same_name_is_not_stored(self) -> None:
        self.write(account_rows.insert(replace(ANN, name="ANN", number=9)))
        self.assertEqual(account_rows.find(self.database, "ann"), ANN)

    def test_password_and_role_change(self) -> None:
        self.write(account_rows.update_credentials(ANN, "other"), account_rows.update_role(ANN, "member"))
        changed = replace(ANN, credentials="other", role="member")
        self.assertEqual(account_rows.load_all(self.database), {"ann": changed, "bob": BOB})


class Certificates(AccountRowsTest):
    def test_a_certificate_logs_in_to_an_account_until_it_is_deleted(self) -> None:
        self.write(account_rows.insert_certificate("ff", ANN), account_rows.insert_certificate("ee", BOB))
        self.assertEqual(account_rows.load_certificates(self.database), {"ff": "ann", "ee": "bob"})
        self.write(account_rows.delete_certificate("ff"))
        self.assertEqual(account_rows.load_certificates(self.database), {"ee": "bob"})

    def test_nothing_is_stored_for_a_deleted_account(self) -> None:
        self.write(*account_rows.delete(ANN), account_rows.insert_certificate("ff", ANN))
        self.assertEqual(account_rows.load_certificates(self.database), {})


class Deleting(AccountRowsTest):
    def setUp(self) -> None:
        super().setUp()
        self.write(channel_rows.upsert(CHANNEL))
        for account in (ANN, BOB):
            self.write(
                account_rows.insert_certificate(account.name, account),
                marker_rows.upsert(account.identity, "#3", 1),
                metadata_rows.upsert(account.identity, "url", account.name),
                channel_rows.upsert_mask(CHANNEL, "e", MaskEntry(f"~account:{account.name}", "x", 1)),
            )

    def test_a_later_account_of_the_same_name_inherits_nothing(self) -> None:
        self.write(*account_rows.delete(ANN))
        self.assertEqual(account_rows.load_all(self.database), {"bob": BOB})
        self.assertEqual(account_rows.load_certificates(self.database), {"bob": "bob"})
        self.assertEqual(marker_rows.load_all(self.database), {BOB.identity: {"#3": 1}})
        self.assertEqual(metadata_rows.load_all(self.database), {BOB.identity: {"url": "bob"}})
        (channel,) = channel_rows.load_all(self.database)
        self.assertEqual(list(channel.lists["e"]), ["~account:bob"])

    def test_its_history_is_marked_for_deletion(self) -> None:
        self.write(*account_rows.delete(ANN))
        self.assertEqual(self.database.rows("SELECT target FROM dropped").fetchall(), [(ANN.identity,)])

    def test_a_channel_where_only_it_had_a_rank_is_an_orphan(self) -> None:
        self.write(channel_rows.upsert_ranks(CHANNEL, "Ann", "o"), *account_rows.delete_rights(ANN))
        (channel,) = channel_rows.load_all(self.database)
        self.assertEqual((channel.is_orphan, channel.account_ranks), (True, {}))
