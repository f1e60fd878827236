"""Turns: arrivals in order, tasks, timers, shutdown, and a bug in a turn."""

from __future__ import annotations

import logging
from unittest.mock import patch

from chatapp.server.core.inbox import Shutdown
from tests.server.base import ServerTest


class Shutdowns(ServerTest):
    def test_a_shutdown_sends_an_error_to_every_session(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.turn(Shutdown("The server is shutting down"))
        self.assertEqual(self.got("ann")[-1], "ERROR :The server is shutting down")
        self.assertTrue(self.links["bob"].is_closed)


class BugInATurn(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "cat", channel="#c")

    def test_a_bug_in_a_turn_sends_an_error_to_all_and_ends_the_server(self) -> None:
        with (
            patch.object(self.world.ids, "advance", side_effect=ZeroDivisionError("a bug")),
            self.assertLogs("chatapp.server.core", logging.ERROR) as logs,
        ):
            self.say("ann", "PING x")
        self.assertIn("a bug in the core: the server ends", logs.output[0])
        self.assertEqual(self.core.failure, "The server ends because of a bug (ZeroDivisionError: a bug).")
        for name in ("ann", "bob", "cat"):
            self.assertGot(name, "ERROR :The server has ended because of a bug")
        self.core.run()  # nobody is left, so it comes back
