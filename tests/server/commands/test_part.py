"""PART: leaving channels, and which of them stay.

Source  modern IRC PART
"""

from __future__ import annotations

import unittest

from chatapp.server.storage import channel_rows
from tests.server.base import ServerTest


class Parting(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_with_and_without_a_reason(self) -> None:
        self.say("bob", "PART #c :for lunch")
        self.assertGot("bob", ":bob PART #c :for lunch")
        self.assertGot("ann", ":bob PART #c :for lunch")
        self.assertAnswer("ann", "PART #C", ":ann PART #c")

    def test_each_channel_has_its_own_answer(self) -> None:
        self.say("bob", "JOIN #d")
        self.text("bob")
        self.assertAnswer(
            "bob",
            "PART #d,#nowhere,#c",
            ":bob PART #d",
            "403 bob #nowhere :No such channel",
            ":bob PART #c",
        )
        self.assertAnswer("bob", "PART #c", "442 bob #c :You're not on that channel")

    def test_an_empty_channel_stays_with_its_topic(self) -> None:
        self.say("ann", "TOPIC #c :homework")
        self.say("bob", "PART #c")
        self.say("ann", "PART #c")
        self.restart()
        self.enter("eve")
        lines = self.answer("eve", "JOIN #c")
        self.assertIn("332 eve #c :homework", lines)

    def test_an_empty_one_that_was_closed_ends(self) -> None:
        """Nobody could enter it again, or strangers would find what was said in private."""
        self.say("ann", "MODE #c +k secret", "TOPIC #c :private", "PART #c")
        self.say("bob", "PART #c")
        self.assertNotIn("#c", self.world.channels)
        self.restart()
        self.assertNotIn("#c", self.world.channels)

    def test_an_empty_one_that_an_account_operates_stays_even_closed(self) -> None:
        self.log_in("ann")
        self.say("ann", "JOIN #mine", "MODE #mine +k secret", "PART #mine")
        self.assertIn("#mine", self.world.channels)


class Silent(ServerTest):
    """A channel without a topic in which nothing was said is not worth keeping."""

    CONFIG = '[channels]\ndefault = ["#lobby"]'

    def channels(self) -> list[str]:
        """The names of all channels, here and in the database."""
        kept = [channel.folded for channel in channel_rows.load_all(self.store)]
        self.assertEqual(sorted(kept), sorted(self.world.channels))
        return [name for name in kept if name != "#lobby"]

    def test_it_ends_when_the_last_guest_leaves(self) -> None:
        for line in ("PART #c", "KICK #c ann", "JOIN 0", "QUIT"):
            with self.subTest(line):
                self.enter("ann", channel="#c")
                self.say("ann", "MODE #c +mb *!*@*", "@+react=x TAGMSG #c")
                self.assertEqual(self.channels(), ["#c"])
                self.say("ann", line)
                self.assertEqual(self.channels(), [])
                self.hang_up("ann") if line != "QUIT" else None

    def test_what_was_said_keeps_it(self) -> None:
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

    def test_what_only_operators_heard_is_not_kept_and_does_not_keep_it(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", "PRIVMSG @#c :a", "PART #c")
        self.assertEqual(self.channels(), [])

    def test_a_rank_of_an_account_keeps_it(self) -> None:
        self.enter_as("ann", channel="#c")
        self.say("ann", "PART #c")
        self.restart()
        self.assertEqual(self.channels(), ["#c"])

    def test_the_default_channel_stays(self) -> None:
        self.enter("ann")
        self.say("ann", "PART #lobby")
        self.assertIn("#lobby", self.world.channels)

    def test_what_a_crash_left_of_some_ends_at_the_start(self) -> None:
        self.enter("ann", channel="#silent")
        self.say("ann", "JOIN #topic", "TOPIC #topic :a", "JOIN #said", "PRIVMSG #said :a")
        self.restart()
        self.assertEqual(sorted(self.channels()), ["#said", "#topic"])

    def test_not_where_an_account_stays(self) -> None:
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

    def test_nothing_said_keeps_a_channel(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", "PRIVMSG #c :a", "@+x=1 PRIVMSG #c :b", "PART #c")
        self.assertNotIn("#c", self.world.channels)


if __name__ == "__main__":
    unittest.main()
