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

    def test_one_by_a_rank_opens_every_door_once(self) -> None:
        doors = {
            "+i": "473 bob #c :Cannot join channel (+i)",
            "+k secret": "475 bob #c :Cannot join channel (+k)",
            "+l 1": "471 bob #c :Cannot join channel (+l)",
            "+b bob!*@*": "474 bob #c :Cannot join channel (+b)",
            "+R": "477 bob #c :Only users who are logged in may join (+R)",
            "+iklbR secret 1 bob!*@*": "473 bob #c :Cannot join channel (+i)",
        }
        self.say("ann", "MODE #c +h eve")
        for letters, refusal in doors.items():
            for inviter in ("ann", "eve"):
                with self.subTest(letters, inviter=inviter):
                    self.say("ann", f"MODE #c {letters}")
                    self.assertAnswer("bob", "JOIN #c", refusal)
                    self.say(inviter, "INVITE bob #c")
                    self.text("bob")
                    self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")
                    self.say("bob", "PART #c")
                    self.assertAnswer("bob", "JOIN #c", refusal)
                    self.say("ann", "MODE #c -iklbR * bob!*@*")
                    self.forget()

    def test_one_by_somebody_without_a_rank_opens_nothing(self) -> None:
        doors = {
            "+k secret": "475 bob #c :Cannot join channel (+k)",
            "+l 1": "471 bob #c :Cannot join channel (+l)",
            "+b bob!*@*": "474 bob #c :Cannot join channel (+b)",
            "+R": "477 bob #c :Only users who are logged in may join (+R)",
        }
        self.say("ann", "MODE #c +v eve")
        for letters, refusal in doors.items():
            with self.subTest(letters):
                self.assertAnswer("eve", "INVITE bob #c", "341 eve bob #c")
                self.say("ann", f"MODE #c {letters}")
                self.text("bob")
                self.assertAnswer("bob", "JOIN #c", refusal)
                self.say("ann", "MODE #c -klbR * bob!*@*")
                self.forget()

    def test_one_from_when_the_channel_was_open_does_not_hold_when_it_is_closed(self) -> None:
        self.say("eve", "INVITE bob #c")
        self.say("ann", "MODE #c +i")
        self.text("bob")
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_a_later_one_without_a_rank_takes_nothing_away(self) -> None:
        self.say("ann", "INVITE bob #c", "MODE #c +k secret")
        self.say("eve", "INVITE bob #c")
        self.text("bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")

    def test_it_stands_when_the_inviter_is_gone(self) -> None:
        self.say("ann", "MODE #c +oi eve", "INVITE bob #c", "PART #c")
        self.text("bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")

    def test_the_invited_enter_a_full_channel(self) -> None:
        self.enter("dan")
        self.say("ann", "MODE #c +l 2", "INVITE bob #c")
        self.forget()
        self.assertAnswer("dan", "JOIN #c", "471 dan #c :Cannot join channel (+l)")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")
        self.assertEqual(len(self.channel("#c").members), 3)

    def test_a_ban_that_only_mutes_still_mutes_the_invited(self) -> None:
        self.say("ann", "MODE #c +b ~m:bob!*@*", "INVITE bob #c")
        self.say("bob", "JOIN #c")
        self.text("bob")
        self.assertEqual(self.answer("bob", "PRIVMSG #c :hello")[0].split()[0], "404")

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


class Ending(ServerTest):
    """An invitation belongs to one channel and one user, and goes with either of them."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")
        self.enter("bob")
        self.say("ann", "MODE #c +s", "INVITE bob #c")
        self.forget()

    def test_with_its_channel(self) -> None:
        self.say("ann", "PART #c")
        self.assertNotIn("#c", self.world.channels)
        self.assertAnswer("bob", "INVITE", "337 bob :End of /INVITE list")

    def test_it_does_not_open_another_channel_of_the_same_name(self) -> None:
        self.say("ann", "PART #c")
        self.enter("eve", channel="#c")
        self.say("eve", "MODE #c +i")
        self.assertAnswer("bob", "INVITE", "337 bob :End of /INVITE list")
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_it_follows_the_channel_to_another_name(self) -> None:
        self.say("ann", "RENAME #c #d", "MODE #d +i", "JOIN #c", "MODE #c +i")
        self.assertAnswer("bob", "INVITE", "336 bob #d", "337 bob :End of /INVITE list")
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")
        self.assertEqual(self.answer("bob", "JOIN #d")[0], ":bob JOIN #d")

    def test_with_the_visit_of_the_invited(self) -> None:
        self.say("ann", "MODE #c +i")
        self.say("bob", "QUIT")
        self.assertEqual(self.channel("#c").invited, set())
        self.enter("bob")
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_who_takes_the_nick_of_the_invited_has_none(self) -> None:
        self.enter("eve")
        self.say("ann", "MODE #c +i")
        self.say("bob", "NICK rob")
        self.say("eve", "NICK bob")
        self.text("eve")
        self.assertAnswer("eve", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_it_comes_along_into_the_account_of_the_invited(self) -> None:
        self.make_account("carl")
        self.say("ann", "MODE #c +i")
        self.enter_as("carl", "phone")
        self.authenticate("bob", "carl")
        self.say("bob", "NICK carl")
        self.text("bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":carl JOIN #c")


if __name__ == "__main__":
    unittest.main()
