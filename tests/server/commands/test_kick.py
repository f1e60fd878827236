"""KICK: permissions, and the notifications of members.

Source:
    modern IRC KICK
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Kicking(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "eve", channel="#c")

    def test_all_members_are_notified_with_the_comment_or_the_nick_of_the_kicker(self) -> None:
        self.say("ann", "KICK #c bob :be kind")
        for name in ("ann", "bob", "eve"):
            self.assertGot(name, ":ann KICK #c bob :be kind")
        self.assertNotIn(self.user("bob"), self.channel("#c").members)
        self.say("ann", "KICK #C EVE")
        self.assertGot("eve", ":ann KICK #c eve :ann")

    def test_several_users_at_once(self) -> None:
        self.assertAnswer(
            "ann",
            "KICK #c bob,nobody,eve",
            ":ann KICK #c bob :ann",
            "401 ann nobody :No such nick or channel",
            ":ann KICK #c eve :ann",
        )

    def test_errors(self) -> None:
        self.enter("dan")
        table = {
            ("bob", "KICK #c eve"): "482 bob #c :You're not channel operator",
            ("dan", "KICK #c eve"): "442 dan #c :You're not on that channel",
            ("ann", "KICK #nowhere eve"): "403 ann #nowhere :No such channel",
            ("ann", "KICK #c dan"): "441 ann dan #c :They aren't on that channel",
            ("ann", "KICK #c"): "461 ann KICK :Not enough parameters",
        }
        for (name, line), refusal in table.items():
            with self.subTest(line):
                self.assertAnswer(name, line, refusal)

    def test_equally_many_channels_and_nicks_are_paired(self) -> None:
        """RFC 2812: "as many channel parameters as there are user parameters"."""
        self.assertAnswer("ann", "KICK #c,#c bob,eve :bye", ":ann KICK #c bob :bye", ":ann KICK #c eve :bye")
        self.say("bob", "JOIN #c", "JOIN #d")
        self.say("ann", "JOIN #d", "JOIN #e")
        self.say("eve", "JOIN #e")
        self.assertAnswer(
            "ann",
            "KICK #e,#no,#d,#c eve,eve,bob,bob",
            ":ann KICK #e eve :ann",
            "403 ann #no :No such channel",
            "482 ann #d :You're not channel operator",
            ":ann KICK #c bob :ann",
        )

    def test_other_numbers_of_channels_and_nicks_are_refused(self) -> None:
        for line in ("KICK #c,#c bob", "KICK #c,#c,#c bob,eve"):
            self.assertAnswer("ann", line, "461 ann KICK :Not enough parameters")

    def test_targets_are_limited_as_targmax_says(self) -> None:
        self.say("ann", "VERSION")
        tokens = [token for message in self.messages("ann") for token in message.params]
        self.assertIn("TARGMAX=PRIVMSG:4,NOTICE:4,TAGMSG:4,KICK:4", tokens)
        self.assertAnswer("ann", "KICK #c a,b,c,d,bob", "407 ann bob :Too many targets")

    def test_a_member_of_higher_rank_cannot_be_kicked(self) -> None:
        self.say("ann", "MODE #c +h bob")
        self.forget()
        self.assertAnswer("bob", "KICK #c ann", "482 bob #c :You're not channel operator")
        self.assertAnswer("bob", "KICK #c eve", ":bob KICK #c eve :bob")

    def test_one_can_kick_oneself_and_is_then_no_member(self) -> None:
        self.assertAnswer(
            "ann", "KICK #c ann,bob", ":ann KICK #c ann :ann", "482 ann #c :You're not channel operator"
        )


if __name__ == "__main__":
    unittest.main()
