"""INVITE: permissions, and the restrictions that an invitation lifts.

Source:
    modern IRC INVITE, IRCv3 invite-notify
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Inviting(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve", channel="#c")
        self.enter("bob")

    def test_both_are_notified_and_the_invitation_admits_once(self) -> None:
        self.say("ann", "MODE #c +i")
        self.text("ann")
        self.assertAnswer("ann", "INVITE bob #C", "341 ann bob #c")
        self.assertGot("bob", ":ann INVITE bob #c")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")
        self.say("bob", "PART #c")
        self.forget()
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_without_parameters_it_lists_open_invitations(self) -> None:
        self.say("ann", "INVITE bob #c", "JOIN #d", "INVITE bob #d")
        self.text("bob")
        self.assertAnswer("bob", "INVITE", "336 bob #c", "336 bob #d", "337 bob :End of /INVITE list")
        self.say("bob", "JOIN #c")
        self.text("bob")
        self.assertAnswer("bob", "INVITE", "336 bob #d", "337 bob :End of /INVITE list")

    def test_operator_rank_is_required_where_the_channel_restricts_joins(self) -> None:
        self.assertAnswer("eve", "INVITE bob #c", "341 eve bob #c")
        self.say("ann", "MODE #c +i")
        self.text("eve")
        self.assertAnswer("eve", "INVITE bob #c", "482 eve #c :You're not channel operator")

    def test_an_invitation_by_an_operator_lifts_every_restriction_once(self) -> None:
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

    def test_an_invitation_by_a_member_without_rank_lifts_nothing(self) -> None:
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

    def test_an_invitation_to_an_open_channel_does_not_admit_once_the_channel_is_restricted(self) -> None:
        self.say("eve", "INVITE bob #c")
        self.say("ann", "MODE #c +i")
        self.text("bob")
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_a_later_invitation_without_rank_does_not_replace_the_earlier(self) -> None:
        self.say("ann", "INVITE bob #c", "MODE #c +k secret")
        self.say("eve", "INVITE bob #c")
        self.text("bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")

    def test_an_invitation_remains_when_the_inviter_leaves(self) -> None:
        self.say("ann", "MODE #c +oi eve", "INVITE bob #c", "PART #c")
        self.text("bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")

    def test_an_invited_user_can_join_a_full_channel(self) -> None:
        self.enter("dan")
        self.say("ann", "MODE #c +l 2", "INVITE bob #c")
        self.forget()
        self.assertAnswer("dan", "JOIN #c", "471 dan #c :Cannot join channel (+l)")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")
        self.assertEqual(len(self.channel("#c").members), 3)

    def test_a_mute_ban_still_mutes_an_invited_user(self) -> None:
        self.say("ann", "MODE #c +b ~m:bob!*@*", "INVITE bob #c")
        self.say("bob", "JOIN #c")
        self.text("bob")
        self.assertEqual(self.answer("bob", "PRIVMSG #c :hello")[0].split()[0], "404")

    def test_errors(self) -> None:
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

    def test_operators_with_invite_notify_are_notified(self) -> None:
        self.enter("op", "member", channel="#c", caps="invite-notify")
        self.say("ann", "MODE #c +o op")
        self.forget()
        self.say("ann", "INVITE bob #c")
        self.assertGot("op", ":ann INVITE bob #c")
        self.assertGot("member")
        self.assertGot("ann", "341 ann bob #c")

    def test_the_inviter_is_told_that_the_user_is_away(self) -> None:
        self.say("bob", "AWAY :lunch")
        self.assertAnswer("ann", "INVITE bob #c", "341 ann bob #c", "301 ann bob lunch")


class Ending(ServerTest):
    """An invitation belongs to one channel and one user, and ends with either of them."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")
        self.enter("bob")
        self.say("ann", "MODE #c +s", "INVITE bob #c")
        self.forget()

    def test_it_ends_with_its_channel(self) -> None:
        self.say("ann", "PART #c")
        self.assertNotIn("#c", self.world.channels)
        self.assertAnswer("bob", "INVITE", "337 bob :End of /INVITE list")

    def test_it_does_not_admit_to_another_channel_of_the_same_name(self) -> None:
        self.say("ann", "PART #c")
        self.enter("eve", channel="#c")
        self.say("eve", "MODE #c +i")
        self.assertAnswer("bob", "INVITE", "337 bob :End of /INVITE list")
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_it_follows_a_renamed_channel(self) -> None:
        self.say("ann", "RENAME #c #d", "MODE #d +i", "JOIN #c", "MODE #c +i")
        self.assertAnswer("bob", "INVITE", "336 bob #d", "337 bob :End of /INVITE list")
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")
        self.assertEqual(self.answer("bob", "JOIN #d")[0], ":bob JOIN #d")

    def test_it_ends_when_the_invited_user_disconnects(self) -> None:
        self.say("ann", "MODE #c +i")
        self.say("bob", "QUIT")
        self.assertEqual(self.channel("#c").invited, set())
        self.enter("bob")
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_a_user_who_takes_the_nick_does_not_get_the_invitation(self) -> None:
        self.enter("eve")
        self.say("ann", "MODE #c +i")
        self.say("bob", "NICK rob")
        self.say("eve", "NICK bob")
        self.text("eve")
        self.assertAnswer("eve", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_it_remains_when_the_invited_user_logs_in(self) -> None:
        self.make_account("carl")
        self.say("ann", "MODE #c +i")
        self.enter_as("carl", "phone")
        self.authenticate("bob", "carl")
        self.say("bob", "NICK carl")
        self.text("bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":carl JOIN #c")


if __name__ == "__main__":
    unittest.main()
