"""MONITOR: notifications when users connect and disconnect.

Source:
    IRCv3 monitor, extended-monitor
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Monitoring(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob")
        self.bob = self.user("bob").source

    def test_online_and_offline_nicks_are_reported_at_once(self) -> None:
        self.assertAnswer("ann", "MONITOR + BOB", f"730 ann :{self.bob}")
        self.assertAnswer("ann", "MONITOR + eve,Dan", "731 ann :eve,Dan")
        self.assertAnswer("ann", "MONITOR + bob,eve", f"730 ann :{self.bob}", "731 ann :eve")

    def test_a_nick_is_removed_from_the_list(self) -> None:
        self.say("ann", "MONITOR + bob,eve")
        self.assertAnswer("ann", "MONITOR - BOB,nobody")
        self.assertAnswer("ann", "MONITOR L", "732 ann :eve", "733 ann :End of MONITOR list")
        self.say("bob", "QUIT")
        self.assertGot("ann")

    def test_the_list_is_cleared(self) -> None:
        self.say("ann", "MONITOR + bob,eve")
        self.assertAnswer("ann", "MONITOR C")
        self.assertAnswer("ann", "MONITOR L", "733 ann :End of MONITOR list")

    def test_the_list_and_the_status_of_its_nicks(self) -> None:
        """The nicks are shown as they were first typed, each once."""
        self.say("ann", "MONITOR + Bob,eve", "MONITOR + BOB")
        self.assertAnswer("ann", "MONITOR l", "732 ann :Bob,eve", "733 ann :End of MONITOR list")
        self.assertAnswer("ann", "MONITOR S", f"730 ann :{self.bob}", "731 ann :eve")

    def test_many_nicks_need_several_lines(self) -> None:
        nicks = [f"somebody{number:020}" for number in range(30)]
        self.say("ann", *(f"MONITOR + {','.join(nicks[at : at + 10])}" for at in (0, 10, 20)))
        self.text("ann")
        self.say("ann", "MONITOR L")
        *lines, last = self.messages("ann")
        self.assertEqual(last.command, "733")
        self.assertEqual(",".join(line.params[1] for line in lines).split(","), nicks)
        self.assertTrue(all(len(str(line)) <= 510 for line in lines))

    def test_invalid_nicks_are_not_monitored(self) -> None:
        """Hostmasks are refused: they would reveal nick changes."""
        self.assertAnswer("ann", "MONITOR + *!bob@*,#c,,bob!bob@host,*")
        self.assertAnswer("ann", "MONITOR L", "733 ann :End of MONITOR list")

    def test_a_nick_that_is_named_twice_is_monitored_and_reported_once(self) -> None:
        self.assertAnswer("ann", "MONITOR + zoe,ZOE,zoe", "731 ann :zoe")

    def test_a_subcommand_is_required_and_some_need_nicks(self) -> None:
        for line in ("MONITOR", "MONITOR +", "MONITOR -"):
            with self.subTest(line):
                self.assertAnswer("ann", line, "461 ann MONITOR :Not enough parameters")
        self.assertAnswer("ann", "MONITOR ?", "400 ann MONITOR ? :Use one of + - C L S")


class FullList(ServerTest):
    CONFIG = "[limits]\nmonitor = 2"

    def test_the_nicks_beyond_the_limit_are_named(self) -> None:
        self.enter("ann", "bob")
        self.assertAnswer(
            "ann",
            "MONITOR + eve,dan,bob,zed",
            "731 ann :eve,dan",
            "734 ann 2 bob,zed :Monitor list is full",
        )
        self.assertAnswer("ann", "MONITOR + DAN", "731 ann :DAN")
        self.say("ann", "MONITOR - eve")
        self.assertAnswer("ann", "MONITOR + zed", "731 ann :zed")

    def test_the_limit_is_advertised(self) -> None:
        self.enter("ann")
        self.assertIn("MONITOR=2", self.answer("ann", "VERSION")[2].split())


if __name__ == "__main__":
    unittest.main()
