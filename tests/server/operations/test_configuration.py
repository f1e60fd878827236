"""A configuration that is loaded again while the server runs."""

from __future__ import annotations

import unittest

from chatapp.server.core.inbox import RunTask
from chatapp.server.operations import configuration
from tests.server.reloading import ReloadTest


class Configuration(ReloadTest):
    def test_the_loaded_configuration_is_used_at_once(self) -> None:
        self.toml = "[limits]\ntopic = 5\n[server]\nmotd = 'New'"
        self.assertAnswer(
            "ann",
            "REHASH",
            "382 ann configuration Rehashing",
            "005 ann TOPICLEN=5 :are supported by this server",
        )
        self.say("ann", "JOIN #c", "TOPIC #c :abcdefgh")
        self.assertEqual(self.channel("#c").topic, "abcde")
        self.assertIn("372 ann :- New", self.answer("ann", "MOTD"))

    def test_guests_are_told_when_it_is_for_members_only(self) -> None:
        self.enter("guest")
        self.enter_as("bob")
        self.forget()
        self.toml = "[accounts]\nmembers_only = true\nregistration = 'closed'"
        self.say("ann", "REHASH")
        self.assertEqual(self.got("guest")[-1], f"NOTICE guest :{configuration.ACCOUNTS_ONLY}")
        self.assertFalse(self.links["guest"].is_closed)
        self.assertEqual(self.codes("bob"), ["005"])

    def test_the_application_can_reload_it_too(self) -> None:
        self.toml = "[limits]\ntopic = 7"
        with self.assertLogs("chatapp.server.core", "INFO") as logged:
            self.turn(RunTask(configuration.reload))
            self.toml = "nonsense"
            self.turn(RunTask(configuration.reload))
        self.assertEqual(self.world.config.limits.topic, 7)
        self.assertIn("The configuration was loaded again", logged.output[0])
        self.assertIn("The configuration was not changed: not TOML", logged.output[1])

    def test_the_configuration_that_was_loaded_last_wins_when_results_change_places(self) -> None:
        with self.assertLogs("chatapp.server.core", "INFO"), self.jobs_under_way("before"):
            for limit in (7, 8):
                self.toml = f"[limits]\ntopic = {limit}"
                self.turn(RunTask(configuration.reload))
            self._undelivered.reverse()
        self.assertEqual(self.world.config.limits.topic, 8)

    def test_throttles_continue_to_count(self) -> None:
        self.toml = "[limits]\npassword_attempts = 1"
        self.say("ann", "REHASH")
        self.enter("eve", address="8.8.8.8")
        self.say("eve", "OPER owner wrong", "OPER owner wrong")
        self.assertGot(
            "eve", "464 eve :Wrong account name or password", "464 eve :Too many attempts, wait a minute"
        )


if __name__ == "__main__":
    unittest.main()
