"""Who may join a channel, and when a channel ends."""

from __future__ import annotations

import unittest

from chatapp.server.storage import channel_rows
from tests.server.base import ServerTest


class FewChannels(ServerTest):
    CONFIG = "[limits]\nchannels_per_user = 2"

    def test_more_channels_than_the_limit_are_refused(self) -> None:
        self.enter("ann")
        self.say("ann", "JOIN #a,#b")
        self.assertEqual(self.answer("ann", "JOIN #c")[-1], "405 ann #c :You have joined too many channels")
        self.say("ann", "PART #a")
        self.forget()
        self.assertEqual(self.answer("ann", "JOIN #c")[0], ":ann JOIN #c")


class Admission(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")
        self.enter("bob")

    def test_each_mode_has_its_numeric(self) -> None:
        table = {
            "+i": "473 bob #c :Cannot join channel (+i)",
            "+l 1": "471 bob #c :Cannot join channel (+l)",
            "+k secret": "475 bob #c :Cannot join channel (+k)",
            "+b bob": "474 bob #c :Cannot join channel (+b)",
            "+R": "477 bob #c :Only users who are logged in may join (+R)",
        }
        for mode, refusal in table.items():
            with self.subTest(mode):
                self.say("ann", f"MODE #c {mode}")
                self.assertAnswer("bob", "JOIN #c", refusal)
                self.assertAnswer("bob", "JOIN #c wrong", refusal)
                self.say("ann", f"MODE #c -{mode[1:]}")

    def test_the_correct_key_admits(self) -> None:
        self.say("ann", "MODE #c +k secret")
        self.assertEqual(self.answer("bob", "JOIN #c secret")[0], ":bob JOIN #c")

    def test_an_account_is_admitted_with_R(self) -> None:
        self.say("ann", "MODE #c +R")
        self.log_in("bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")

    def test_an_operator_by_account_is_always_admitted_unless_banned(self) -> None:
        self.enter_as("eve", channel="#own")
        self.say("eve", "MODE #own +iklR secret 1", "PART #own")
        self.assertAnswer("bob", "JOIN #own secret", "473 bob #own :Cannot join channel (+i)")
        self.assertIn("353 eve = #own :@eve", self.answer("eve", "JOIN #own"))
        self.say("eve", "MODE #own +b eve", "PART #own")
        self.assertAnswer("eve", "JOIN #own", "474 eve #own :Cannot join channel (+b)")

    def test_a_voice_by_account_has_no_such_privilege(self) -> None:
        self.enter_as("eve", channel="#c")
        self.say("ann", "MODE #c +vi eve", "KICK #c eve")
        self.forget()
        self.assertAnswer("eve", "JOIN #c", "473 eve #c :Cannot join channel (+i)")

    def test_an_exception_overrides_a_ban(self) -> None:
        self.say("ann", "MODE #c +be *!*@* bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")

    def test_an_invite_exception_overrides_invite_only(self) -> None:
        self.say("ann", "MODE #c +iI bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")


class Forwarding(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann")
        self.say("ann", "JOIN #a,#b,#c", "MODE #a +if #b")
        self.enter("bob")

    def test_a_refused_user_is_forwarded(self) -> None:
        lines = self.answer("bob", "JOIN #a")
        self.assertEqual(lines[:2], ["470 bob #a #b :Forwarding to another channel", ":bob JOIN #b"])
        self.assertEqual(self.answer("bob", "JOIN #a"), ["470 bob #a #b :Forwarding to another channel"])

    def test_an_admitted_user_is_not_forwarded(self) -> None:
        self.say("ann", "INVITE bob #a")
        self.text("bob")
        self.assertEqual(self.answer("bob", "JOIN #a")[0], ":bob JOIN #a")

    def test_forwards_are_followed_until_a_channel_admits(self) -> None:
        self.say("ann", "MODE #b +kf secret #c")
        self.assertIn(":bob JOIN #c", self.answer("bob", "JOIN #a"))

    def test_a_circle_of_forwards_is_refused(self) -> None:
        self.say("ann", "MODE #b +if #a")
        self.assertEqual(self.answer("bob", "JOIN #a")[-1], "473 bob #b :Cannot join channel (+i)")
        self.assertEqual(self.user("bob").channels, {})


class Abandoned(ServerTest):
    """A channel without a topic and without stored messages ends with its last member."""

    CONFIG = '[channels]\ndefault = ["#lobby"]'

    def channels(self) -> list[str]:
        """Return the names of all channels, in memory and in the database."""
        names = [channel.folded for channel in channel_rows.load_all(self.store)]
        self.assertEqual(sorted(names), sorted(self.world.channels))
        return [name for name in names if name != "#lobby"]

    def test_it_ends_when_the_last_guest_leaves(self) -> None:
        for line in ("PART #c", "KICK #c ann", "JOIN 0", "QUIT"):
            with self.subTest(line):
                self.enter("ann", channel="#c")
                self.say("ann", "MODE #c +mb *!*@*", "@+react=x TAGMSG #c")
                self.assertEqual(self.channels(), ["#c"])
                self.say("ann", line)
                self.assertEqual(self.channels(), [])
                self.hang_up("ann") if line != "QUIT" else None

    def test_stored_messages_preserve_it(self) -> None:
        for line in ("PRIVMSG #c :a", "NOTICE #c :a", "@+x=1 PRIVMSG #c :a"):
            with self.subTest(line):
                self.replace()
                self.enter("ann", channel="#c")
                self.say("ann", line, "PART #c")
                self.assertEqual(self.channels(), ["#c"])
                self.restart()
                self.assertEqual(self.channels(), ["#c"])
                self.enter("ben", channel="#c")
                self.say("ben", "PART #c")
                self.assertEqual(self.channels(), ["#c"])

    def test_messages_to_operators_only_do_not_preserve_it(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", "PRIVMSG @#c :a", "PART #c")
        self.assertEqual(self.channels(), [])

    def test_a_rank_of_an_account_preserves_it(self) -> None:
        self.enter_as("ann", channel="#c")
        self.say("ann", "PART #c")
        self.restart()
        self.assertEqual(self.channels(), ["#c"])

    def test_the_default_channel_remains(self) -> None:
        self.enter("ann")
        self.say("ann", "PART #lobby")
        self.assertIn("#lobby", self.world.channels)

    def test_channels_left_by_a_crash_are_deleted_at_startup(self) -> None:
        self.enter("ann", channel="#silent")
        self.say("ann", "JOIN #topic", "TOPIC #topic :a", "JOIN #said", "PRIVMSG #said :a")
        self.restart()
        self.assertEqual(sorted(self.channels()), ["#said", "#topic"])

    def test_a_persistent_user_preserves_it(self) -> None:
        self.enter("ann", channel="#c")
        self.enter_as("zoe", channel="#c")
        self.restart()
        self.assertEqual(self.channels(), ["#c"])

    def test_the_next_channel_has_another_number(self) -> None:
        self.enter("ann", channel="#c")
        number = self.channel("#c").id
        self.restart()
        self.enter("ann", channel="#c")
        self.assertGreater(self.channel("#c").id, number)


class WithoutHistory(ServerTest):
    CONFIG = "[history]\nenabled = false"

    def test_messages_do_not_preserve_a_channel(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", "PRIVMSG #c :a", "@+x=1 PRIVMSG #c :b", "PART #c")
        self.assertNotIn("#c", self.world.channels)


if __name__ == "__main__":
    unittest.main()
