"""MONITOR: sessions that monitor a nick learn when it connects and disconnects."""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Monitoring(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob")
        self.bob = self.user("bob").source

    def test_monitoring_sessions_are_notified_of_connects_and_disconnects(self) -> None:
        self.say("ann", "MONITOR + eve")
        self.forget()
        self.enter("eve")
        self.assertGot("bob")
        self.say("ann", "MONITOR + eve")
        self.say("eve", "QUIT")
        self.assertEqual(self.got("ann"), ["730 ann :" + self.bob.replace("bob", "eve"), "731 ann :eve"])

    def test_monitoring_sessions_are_notified_of_connects(self) -> None:
        self.say("ann", "MONITOR + Eve")
        self.text("ann")
        self.connect("eve")
        self.say("eve", "NICK eve", "USER eve 0 * :Eve")
        self.assertGot("ann", f"730 ann :{self.user('eve').source}")

    def test_a_nick_change_is_a_disconnect_and_a_connect(self) -> None:
        self.say("ann", "MONITOR + bob,rob")
        self.text("ann")
        self.say("bob", "NICK rob")
        self.assertGot("ann", "731 ann :bob", f"730 ann :{self.user('rob').source}")
        self.say("bob", "NICK ROB")
        self.assertGot("ann")

    def test_notifications_carry_no_label(self) -> None:
        """A client that monitors its own new nick gets NICK as the answer, and 730 without a label."""
        self.enter("eve", caps="labeled-response batch")
        self.say("eve", "MONITOR + eva")
        self.text("eve")
        self.say("eve", "@label=1 NICK eva")
        messages = {message.command: message.tags for message in self.messages("eve")}
        self.assertEqual(messages, {"NICK": {"label": "1"}, "730": {}})

    def test_a_monitoring_session_that_left_is_removed(self) -> None:
        self.say("ann", "MONITOR + bob")
        self.hang_up("ann")
        self.say("bob", "QUIT")
        self.assertEqual(len(self.world.monitors), 0)


if __name__ == "__main__":
    unittest.main()
