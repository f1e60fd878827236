"""Users: source, identity, authorship, roles."""

from __future__ import annotations

import unittest

from chatapp.server.state.accounts import Account
from chatapp.server.state.connection import NullConnection
from chatapp.server.state.session import Session
from chatapp.server.state.user import User

ANNA = Account("Anna", "hash", "member", "", created=1000, number=255)


class UserTest(unittest.TestCase):
    def setUp(self) -> None:
        self.ann = User(17, "Ann", "a", "host", "Ann Example", 5)


class Names(UserTest):
    def test_the_source_follows_the_nick(self) -> None:
        self.assertEqual((self.ann.source, self.ann.folded), ("Ann!a@host", "ann"))
        self.ann.rename("Annie")
        self.assertEqual(
            (self.ann.nick, self.ann.source, self.ann.folded), ("Annie", "Annie!a@host", "annie")
        )


class Accounts(UserTest):
    def test_the_identity_of_a_guest_belongs_to_the_connection(self) -> None:
        self.assertEqual((self.ann.account, self.ann.identity, self.ann.author), ("", "!17", 17))

    def test_a_user_has_the_identity_of_the_account_until_logging_out(self) -> None:
        self.ann.set_account(ANNA)
        self.assertEqual((self.ann.account, self.ann.identity, self.ann.author), ("Anna", "=anna.ff", 255))
        self.ann.set_account(None)
        self.assertEqual((self.ann.account, self.ann.identity, self.ann.author), ("", "!17", 17))

    def test_a_guest_is_the_author_of_messages_of_this_connection(self) -> None:
        self.assertTrue(self.ann.is_author(17, "", 2000))
        self.assertFalse(self.ann.is_author(18, "", 2000))
        self.assertFalse(self.ann.is_author(17, "Anna", 2000))

    def test_a_user_is_the_author_of_messages_of_the_account(self) -> None:
        self.ann.set_account(ANNA)
        self.assertTrue(self.ann.is_author(255, "Anna", 2000))
        self.assertFalse(self.ann.is_author(254, "Anna", 2000))


class Tags(UserTest):
    def test_tags_contain_the_account_and_the_bot_flag(self) -> None:
        self.assertEqual(self.ann.tags, {})
        self.ann.set_account(ANNA)
        self.ann.modes.add("B")
        self.assertEqual(self.ann.tags, {"account": "Anna", "bot": ""})


class Roles(UserTest):
    def test_only_an_operator_has_a_role(self) -> None:
        self.ann.operator_role = "moderator"
        self.assertEqual(self.ann.role, "member")
        self.ann.modes.add("o")
        self.assertEqual(self.ann.role, "moderator")

    def test_a_role_includes_the_lower_ones(self) -> None:
        self.ann.operator_role = "moderator"
        self.ann.modes.add("o")
        self.assertTrue(self.ann.may_act_as("member") and self.ann.may_act_as("moderator"))
        self.assertFalse(self.ann.may_act_as("owner"))


class Audiences(UserTest):
    def test_the_audience_follows_the_sessions(self) -> None:
        self.assertEqual(self.ann.audience.sessions, frozenset())
        session = Session(NullConnection(), 0.0)
        self.ann.sessions.append(session)
        self.ann.sessions_changed()
        self.assertEqual(self.ann.audience.sessions, {session})
        self.ann.session_ended(session)
        self.assertEqual((self.ann.sessions, self.ann.audience.sessions), ([], frozenset()))
