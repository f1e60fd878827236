"""Stored users who stay in their channels without a session."""

from __future__ import annotations

import unittest

from chatapp.protocol.presence import ABSENT
from chatapp.server.state.accounts import Account
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import PersistentUser, User
from chatapp.server.storage import account_rows, channel_rows, persistent_users
from chatapp.server.storage.database import Database
from chatapp.server.storage.statements import Save

CHANNELS = [Channel(3, "#c", 1), Channel(4, "#d", 1)]


def account(name: str) -> Account:
    return Account(name, "hash", "member", "", 1, 7)


def user(name: str) -> User:
    """Return a user who is logged in to the account of the same name."""
    user = User(1, name.lower(), "u", "h", "Real Name", 1)
    user.set_account(account(name))
    return user


class PersistentUsers(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)
        self.write(*(account_rows.insert(account(name)) for name in ("Ann", "Bob", "Carl")))
        self.write(*map(channel_rows.upsert, CHANNELS))

    def write(self, *saves: Save) -> None:
        self.database.write(saves)

    def stored(self) -> list[PersistentUser]:
        return persistent_users.load_all(self.database)

    def test_a_user_is_loaded_with_the_channels(self) -> None:
        ann = user("Ann")
        ann.away = "lunch"
        self.write(
            persistent_users.upsert(ann, 500),
            *(persistent_users.insert_channel(ann, each) for each in CHANNELS),
        )
        self.assertEqual(
            self.stored(), [PersistentUser("ann", "ann", "u", "h", "Real Name", "lunch", 500, (3, 4))]
        )

    def test_the_text_of_absent_users_is_not_stored(self) -> None:
        ann = user("Ann")
        ann.away = ABSENT
        self.write(persistent_users.upsert(ann, 500))
        self.assertEqual(self.database.rows("SELECT away FROM stays").fetchall(), [("",)])

    def test_a_user_whom_an_earlier_version_stored_as_absent_has_no_away_text(self) -> None:
        ann = user("Ann")
        ann.away = "Not connected; messages are kept"
        self.write(persistent_users.upsert(ann, 500))
        self.assertEqual([each.away for each in self.stored()], [""])

    def test_changes_are_stored_in_the_same_row(self) -> None:
        ann = user("Ann")
        self.write(persistent_users.upsert(ann, 500), persistent_users.insert_channel(ann, CHANNELS[0]))
        ann.rename("annie")
        self.write(persistent_users.upsert(ann, 0))
        self.assertEqual(
            [(each.nick, each.since, each.channels) for each in self.stored()], [("annie", 0, (3,))]
        )

    def test_the_longest_absent_comes_first_and_the_connected_last(self) -> None:
        for name, since in (("Ann", 0), ("Bob", 700), ("Carl", 600)):
            self.write(persistent_users.upsert(user(name), since))
        self.assertEqual([each.account for each in self.stored()], ["carl", "bob", "ann"])

    def test_a_channel_that_was_left_is_deleted(self) -> None:
        ann = user("Ann")
        self.write(
            persistent_users.upsert(ann, 0),
            *(persistent_users.insert_channel(ann, each) for each in CHANNELS),
            persistent_users.delete_channel(ann, CHANNELS[0]),
        )
        self.assertEqual([each.channels for each in self.stored()], [(4,)])

    def test_a_deleted_user_is_gone_with_the_channels(self) -> None:
        ann = user("Ann")
        self.write(
            persistent_users.upsert(ann, 0),
            persistent_users.insert_channel(ann, CHANNELS[0]),
            persistent_users.delete(ann),
        )
        self.assertEqual(self.stored(), [])
        self.assertEqual(self.database.rows("SELECT * FROM stay_channels").fetchall(), [])

    def test_nothing_is_stored_for_a_deleted_account(self) -> None:
        """Another process may delete it at any moment."""
        ann = user("Ann")
        self.write(*account_rows.delete(account("Ann")))
        self.write(persistent_users.upsert(ann, 0), persistent_users.insert_channel(ann, CHANNELS[0]))
        self.assertEqual(self.stored(), [])
