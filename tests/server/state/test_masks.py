"""Masks of bans and exceptions: which users they match, and their effects in a channel."""

from __future__ import annotations

import unittest

from chatapp.protocol import names
from chatapp.server.state.masks import full_mask, parsed
from tests.server.base import ServerTest


class FullMasks(unittest.TestCase):
    def test_typed_text_becomes_a_full_mask(self) -> None:
        table = {
            "ben": "ben!*@*",
            "~account:Ben": "~account:Ben",
            "~A:ben": "~a:ben",
            "~m:ben": "~m:ben!*@*",
            "~M:~account:ben": "~m:~account:ben",
            "~account:": "",
            "~x:ben": "",
            "~account": "",
            "~": "",
            "~m:": "",
            "~m:~m:ben": "",
            "": "",
            "two words": "",
            "::1!x": "",
        }
        for typed, full in table.items():
            with self.subTest(typed):
                self.assertEqual(full_mask(typed), full)

    def test_a_full_mask_does_not_change(self) -> None:
        for typed in ("ben", "~A:ben", "~m:*.example", "~m:~account:ben*"):
            with self.subTest(typed):
                self.assertEqual(full_mask(full_mask(typed)), full_mask(typed))


class Matching(unittest.TestCase):
    def test_a_mask_matches_sources_or_accounts(self) -> None:
        source = names.fold("Ben!b@host.example")
        table = (
            ("ben!*@*", "", True),
            ("*!*@*.EXAMPLE", "", True),
            ("joe!*@*", "", False),
            ("~account:ben", "", False),
            ("~account:*", "", False),
            ("~account:ben", "Ben", True),
            ("~a:b*", "ben", True),
            ("~account:ben", "joe", False),
            ("~m:ben!*@*", "", True),
            ("~m:~account:ben", "ben", True),
        )
        for mask, account, expected in table:
            with self.subTest(mask, account=account):
                self.assertEqual(parsed(mask).matches(source, names.fold(account)), expected)


class InAChannel(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")
        self.enter("bob")
        self.log_in("bob", "robert")

    def test_an_account_is_banned_under_any_nick(self) -> None:
        self.say("ann", "MODE #c +b ~account:robert")
        self.say("bob", "NICK somebody")
        self.text("bob")
        self.assertAnswer("bob", "JOIN #c", "474 somebody #c :Cannot join channel (+b)")

    def test_a_muted_user_may_join_but_not_speak(self) -> None:
        self.say("ann", "MODE #c +b ~m:bob")
        self.say("bob", "JOIN #c")
        self.text("bob")
        self.assertAnswer("bob", "PRIVMSG #c :hello", "404 bob #c :You are muted here (+b)")
        self.say("ann", "MODE #c +e ~account:robert")
        self.text("bob")
        self.assertAnswer("bob", "PRIVMSG #c :hello")

    def test_an_exception_from_muting_does_not_lift_a_ban(self) -> None:
        self.say("ann", "MODE #c +be bob ~m:bob")
        self.assertAnswer("bob", "JOIN #c", "474 bob #c :Cannot join channel (+b)")

    def test_an_account_may_be_on_the_invite_exception_list(self) -> None:
        self.say("ann", "MODE #c +iI ~a:robert")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")


if __name__ == "__main__":
    unittest.main()
