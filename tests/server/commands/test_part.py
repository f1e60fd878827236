"""PART: leaving channels, and which empty channels remain.

Source:
    modern IRC PART
"""

from __future__ import annotations

import unittest

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

    def test_an_empty_channel_remains_with_its_topic(self) -> None:
        self.say("ann", "TOPIC #c :homework")
        self.say("bob", "PART #c")
        self.say("ann", "PART #c")
        self.restart()
        self.enter("eve")
        lines = self.answer("eve", "JOIN #c")
        self.assertIn("332 eve #c :homework", lines)

    def test_an_empty_restricted_channel_ends(self) -> None:
        """Nobody could join it again, or strangers would find its private messages."""
        self.say("ann", "MODE #c +k secret", "TOPIC #c :private", "PART #c")
        self.say("bob", "PART #c")
        self.assertNotIn("#c", self.world.channels)
        self.restart()
        self.assertNotIn("#c", self.world.channels)

    def test_an_empty_channel_with_an_operator_account_remains_even_if_restricted(self) -> None:
        self.log_in("ann")
        self.say("ann", "JOIN #mine", "MODE #mine +k secret", "PART #mine")
        self.assertIn("#mine", self.world.channels)


if __name__ == "__main__":
    unittest.main()
