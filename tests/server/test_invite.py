"""INVITE: who may, and what it opens.

Source  modern IRC INVITE, IRCv3 invite-notify
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Inviting(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve", channel="#c")
        self.enter("bob")

    def test_is_told_to_both_and_opens_the_door_once(self) -> None:
        self.say("ann", "MODE #c +i")
        self.text("ann")
        self.assertAnswer("ann", "INVITE bob #C", "341 ann bob #c")
        self.assertGot("bob", ":ann INVITE bob #c")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")
        self.say("bob", "PART #c")
        self.forget()
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_without_parameters_lists_what_is_open(self) -> None:
        self.say("ann", "INVITE bob #c", "JOIN #d", "INVITE bob #d")
        self.text("bob")
        self.assertAnswer("bob", "INVITE", "336 bob #c", "336 bob #d", "337 bob :End of /INVITE list")
        self.say("bob", "JOIN #c")
        self.text("bob")
        self.assertAnswer("bob", "INVITE", "336 bob #d", "337 bob :End of /INVITE list")

    def test_needs_an_operator_where_it_matters(self) -> None:
        self.assertAnswer("eve", "INVITE bob #c", "341 eve bob #c")
        self.say("ann", "MODE #c +i")
        self.text("eve")
        self.assertAnswer("eve", "INVITE bob #c", "482 eve #c :You're not channel operator")

    def test_refusals(self) -> None:
        table = {
            "INVITE nobody #c": "401 ann nobody :No such nick or channel",
            "INVITE eve #c": "443 ann eve #c :is already on channel",
            "INVITE bob": "461 ann INVITE :Not enough parameters",
            "INVITE bob #nowhere": "403 ann #nowhere :No such channel",
        }
        for line, refusal in table.items():
            with self.subTest(line):
                self.assertAnswer("ann", line, refusal)
        self.assertAnswer("bob", "INVITE eve #c", "442 bob #c :You're not on that channel")

    def test_operators_with_invite_notify_are_told(self) -> None:
        self.enter("op", "member", channel="#c", caps="invite-notify")
        self.say("ann", "MODE #c +o op")
        self.forget()
        self.say("ann", "INVITE bob #c")
        self.assertGot("op", ":ann INVITE bob #c")
        self.assertGot("member")
        self.assertGot("ann", "341 ann bob #c")

    def test_who_is_away_is_told_so(self) -> None:
        self.say("bob", "AWAY :lunch")
        self.assertAnswer("ann", "INVITE bob #c", "341 ann bob #c", "301 ann bob lunch")


if __name__ == "__main__":
    unittest.main()
