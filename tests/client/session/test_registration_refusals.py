"""Why a server refuses a registration, as the form shows it."""

from __future__ import annotations

import unittest

from chatapp.client.incoming import events
from chatapp.client.login import Login
from chatapp.client.session.registration_refusals import refusal_of
from tests.client.base import ClientTest


class Refusals(ClientTest):
    def test_a_taken_name_comes_with_an_alternative(self) -> None:
        self.connect()
        self.receive(":srv 433 * ana :in use")
        self.assertEqual("ana_2", self.assert_failed("name-taken").suggestion)
        self.assertTrue(self.link.closed)

    def test_each_refusal_has_its_kind(self) -> None:
        for line, kind, expected in (
            (":srv 432 * a.b :Bad letters", "name", "A name cannot contain “.”"),
            (":srv 464 ana :Password incorrect", "server-password", "password"),
            (":srv 465 ana :You are banned", "banned", "banned"),
            (":srv FAIL * INVITE_REQUIRED :By invitation", "code", "Enter your invite code"),
            (":srv FAIL * INVALID_CODE :Wrong", "code", "used up or expired"),
            (":srv FAIL * TEMPORARILY_UNAVAILABLE :Too many", "code", "Try again in a minute"),
        ):
            with self.subTest(line):
                self.connect()
                self.receive(line)
                self.assertIn(expected, self.assert_failed(kind).reason)

    def test_a_password_that_only_the_error_mentions_is_asked_for(self) -> None:
        for login, expected in (
            (Login("chat.example", 5000, "ana"), "requires a server password"),
            (Login("chat.example", 5000, "ana", server_password="no"), "password is wrong"),
        ):
            self.connect(login)
            self.receive("ERROR :Access denied: Bad password?")
            self.lose_connection()
            self.assertIn(expected, self.assert_failed("server-password").reason)

    def test_the_reason_of_a_ban_may_stand_in_the_error(self) -> None:
        self.connect()
        self.receive(":srv 465 ana :You're banned!", "ERROR :Closing link: (ana@h) [G-lined: Being rude]")
        self.assertIn("banned from this server: Being rude", self.assert_failed("banned").reason)
        self.connect()
        self.receive('ERROR :Access denied: "Spam" (K-Line)')
        self.lose_connection()
        self.assertIn("banned from this server: Spam", self.assert_failed("banned").reason)

    def test_a_refused_name_is_explained(self) -> None:
        for nick, line, expected in (
            ("a@b", "432 * a@b :Not a nickname: letters, digits, -_[]\\`^{}|", "A name cannot contain “@”."),
            ("7up", "432 * 7up :Erroneous Nickname", "A name cannot begin with “7”."),
            ("小明", "432 * 小明 :Erroneous", "the name 小明. It may accept only the letters a to z."),
            ("ana", "432 * ana :Forbidden", "This server does not accept the name ana. It says: Forbidden"),
        ):
            with self.subTest(nick):
                self.connect(Login("chat.example", 5000, nick))
                self.receive(f":srv {line}")
                self.assertIn(expected, self.assert_failed("name").reason)

    def test_a_protected_name_asks_for_its_password(self) -> None:
        for words in (
            "This name belongs to an account: log in to use it",
            "Nickname is reserved by a different account",
            "This nickname is registered",
        ):
            with self.subTest(words):
                self.connect(Login("chat.example", 5000, "ana"))
                self.receive(f":srv 433 * ana :{words}")
                failed = self.assert_failed("password")
                self.assertEqual("ana_2", failed.suggestion)
                self.assertIn("The name ana is protected", failed.reason)

    def test_for_a_name_that_is_kept_for_a_guest_another_one_is_offered(self) -> None:
        reason = ":srv 433 * ana :This name is kept for a guest who was here before: choose another one"
        for display_name in ("", "Ana"):
            self.connect(Login("chat.example", 5000, "ana", display_name=display_name))
            self.receive(reason)
            failed = self.assert_failed("name-taken")
            self.assertEqual("The name ana is kept for a guest who was here before.", failed.reason)
            self.assertEqual("ana_2", failed.suggestion)

    def test_a_server_for_members_asks_for_a_password(self) -> None:
        for code in ("ACCOUNT_REQUIRED", "ACCOUNT_REQUIRED_TO_CONNECT"):
            with self.subTest(code):
                self.connect(Login("chat.example", 5000, "ana"))
                self.receive(f":srv FAIL * {code} :This server is for members only: log in to an account")
                self.assertIn("for members only", self.assert_failed("password").reason)

    def test_the_server_password_is_another_one_than_the_account_s(self) -> None:
        for login, expected in (
            (Login("h", 1, "ana"), "requires a server password"),
            (Login("h", 1, "ana", server_password="wrong"), "The server's password is wrong"),
        ):
            with self.subTest(expected):
                self.connect(login)
                self.receive(":srv 464 * :Password incorrect")
                self.assertIn(expected, self.assert_failed("server-password").reason)


class Table(unittest.TestCase):
    login = Login("chat.example", 5000, "ana")

    def test_other_events_are_not_refusals(self) -> None:
        for event in (
            events.Registered("ana"),
            events.ServerText("hello"),
            events.ErrorReply("421", "Unknown command", about=("CAP",)),
        ):
            with self.subTest(event):
                self.assertIsNone(refusal_of(event, self.login, "ana", makes_accounts=False))

    def test_a_taken_nick_comes_with_the_next_alternative(self) -> None:
        event = events.NickRefused("ana_2", taken=True, reason="in use")
        refusal = refusal_of(event, self.login, "ana_2", makes_accounts=False)
        assert refusal is not None
        self.assertEqual(("name-taken", "ana_3"), (refusal.kind, refusal.suggestion))

    def test_a_server_for_members_that_creates_accounts_offers_one(self) -> None:
        event = events.ErrorReply("ACCOUNT_REQUIRED", "members only")
        for makes_accounts, expected in ((False, "of your account."), (True, "for a new account.")):
            with self.subTest(makes_accounts):
                refusal = refusal_of(event, self.login, "ana", makes_accounts)
                assert refusal is not None
                self.assertIs(makes_accounts, refusal.makes_accounts)
                self.assertTrue(refusal.reason.endswith(expected), refusal.reason)
