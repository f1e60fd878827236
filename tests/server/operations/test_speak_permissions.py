"""Permissions to send to a channel and the recipients of messages, with the modes C M S U.

commands/test_messages.py covers bans and the modes m and n.
"""

from __future__ import annotations

import unittest

from chatapp.protocol.modes import STORED
from chatapp.server.operations.speak_permissions import CHECKED_PER_MESSAGE
from tests.server.base import ServerTest


class SpeechTest(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "eve", channel="#c")

    def set_mode(self, mode: str) -> None:
        """Let ann set a mode."""
        self.say("ann", f"MODE #c {mode}")
        self.forget()


class NoCtcp(SpeechTest):
    def test_only_actions_pass(self) -> None:
        self.set_mode("+C")
        expected = "404 {} #c :CTCP is blocked here, except actions (+C)"
        self.assertAnswer("bob", "PRIVMSG #c :\x01VERSION\x01", expected.format("bob"))
        self.assertAnswer("ann", "PRIVMSG #c :\x01PING 1\x01", expected.format("ann"))
        self.assertAnswer("bob", "NOTICE #c :\x01VERSION me\x01")
        self.assertAnswer("bob", "PRIVMSG #c :\x01ACTION waves\x01")
        self.assertAnswer("bob", "PRIVMSG #c :hello")
        self.assertGot("eve", ":bob PRIVMSG #c :\x01ACTION waves\x01", ":bob PRIVMSG #c :hello")


class OnlyAccounts(SpeechTest):
    def test_only_users_with_an_account_or_voice_can_write(self) -> None:
        self.set_mode("+M")
        self.assertAnswer(
            "bob", "PRIVMSG #c :hi", "404 bob #c :Only users who are logged in can write here (+M)"
        )
        self.log_in("eve")
        self.assertAnswer("eve", "PRIVMSG #c :hi")
        self.set_mode("+v bob")
        self.assertAnswer("bob", "PRIVMSG #c :hi")


class SlowMode(SpeechTest):
    def test_members_wait_between_two_messages(self) -> None:
        self.set_mode("+S 10")
        self.assertAnswer("bob", "PRIVMSG #c :one")
        self.pass_time(2.5)
        self.assertAnswer("bob", "PRIVMSG #c :two", "404 bob #c :Slow mode: wait 8 more seconds (+S)")
        self.assertAnswer("eve", "PRIVMSG #c :mine")
        self.pass_time(7.5)
        self.assertAnswer("bob", "PRIVMSG #c :two")
        self.assertGot("ann", ":bob PRIVMSG #c :one", ":eve PRIVMSG #c :mine", ":bob PRIVMSG #c :two")

    def test_sessions_with_standard_replies_are_told_the_seconds_in_a_parameter(self) -> None:
        self.set_mode("+S 10")
        self.say("bob", "CAP REQ standard-replies", "PRIVMSG #c :one")
        self.pass_time(2.5)
        for command in ("PRIVMSG #C :two", "@+x=y PRIVMSG #c :two"):
            with self.subTest(command):
                expected = "FAIL PRIVMSG SLOW_MODE #c 8 :Slow mode: wait 8 more seconds (+S)"
                self.assertAnswer("bob", command, expected)

    def test_a_burst_of_lines_counts_as_one_message(self) -> None:
        self.set_mode("+S 10")
        self.say("bob", "PRIVMSG #c :one", "PRIVMSG #c :two")
        self.assertGot("eve", ":bob PRIVMSG #c :one")

    def test_rejoining_does_not_reset_the_delay(self) -> None:
        self.set_mode("+S 10")
        self.say("bob", "PRIVMSG #c :one", "PART #c", "JOIN #c")
        self.forget()
        self.assertEqual(self.answer("bob", "PRIVMSG #c :two")[0].split()[0], "404")

    def test_voiced_members_do_not_wait_and_typing_does_not_count(self) -> None:
        self.set_mode("+Sv 10 bob")
        self.say("bob", "PRIVMSG #c :one", "PRIVMSG #c :two")
        self.say("eve", "@+typing=active TAGMSG #c", "PRIVMSG #c :three")
        self.assertEqual(len(self.got("ann")), 3)

    def test_a_refused_message_does_not_count(self) -> None:
        self.set_mode("+SC 10")
        self.say("bob", "PRIVMSG #c :\x01VERSION\x01", "PRIVMSG #c :one")
        self.assertGot("eve", ":bob PRIVMSG #c :one")

    def test_switching_it_off_forgets_earlier_messages(self) -> None:
        self.set_mode("+S 10")
        self.say("bob", "PRIVMSG #c :one")
        self.set_mode("-S")
        self.assertAnswer("bob", "PRIVMSG #c :two")
        self.assertEqual(self.channel("#c").last_message_times, {})

    def test_memory_does_not_grow_with_the_number_of_senders(self) -> None:
        self.set_mode("+S 10")
        spoke = self.channel("#c").last_message_times
        spoke.update({f"!{number}": 0 for number in range(2000)})
        self.say("bob", "PRIVMSG #c :one")
        self.assertEqual(len(self.channel("#c").last_message_times), 1)


class ForOperators(SpeechTest):
    """Mode U: only half-operators and higher ranks get the messages of members without a rank."""

    def test_only_members_with_a_rank_get_messages_of_members_without_one(self) -> None:
        self.set_mode("+Uv eve")
        self.say("bob", "PRIVMSG #c :may I", "PRIVMSG +#c :may I")
        self.assertGot("ann", ":bob PRIVMSG %#c :may I", ":bob PRIVMSG %#c :may I")
        self.assertGot("eve")
        self.say("eve", "PRIVMSG #c :hello")
        self.assertGot("bob", ":eve PRIVMSG #c :hello")

    def test_members_can_write_even_in_a_moderated_channel(self) -> None:
        self.set_mode("+mU")
        self.assertAnswer("bob", "PRIVMSG #c :may I")
        self.assertGot("ann", ":bob PRIVMSG %#c :may I")

    def test_a_banned_member_cannot_write_at_all(self) -> None:
        self.set_mode("+Ub bob")
        self.assertAnswer("bob", "PRIVMSG #c :may I", "404 bob #c :You are banned here (+b)")
        self.assertGot("ann")

    def test_such_messages_are_not_stored(self) -> None:
        self.set_mode("+U")
        self.say("bob", "PRIVMSG #c :may I")
        self.assertEqual(self.reader.rows("SELECT text FROM messages").fetchall(), [])


class Table(unittest.TestCase):
    def test_a_mode_that_checks_each_line_is_applied_to_each_line(self) -> None:
        self.assertEqual(CHECKED_PER_MESSAGE, set("CSU"))
        self.assertLessEqual(CHECKED_PER_MESSAGE, set(STORED))


if __name__ == "__main__":
    unittest.main()
