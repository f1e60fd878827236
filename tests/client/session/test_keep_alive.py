"""When a PING is due, and when a connection is dead."""

from __future__ import annotations

import unittest

from chatapp.client.session.keep_alive import ANSWER_SECONDS, SILENCE_SECONDS, WAKE_ANSWER_SECONDS, KeepAlive

STEP = 5.0


class KeepAliveTest(unittest.TestCase):
    def setUp(self) -> None:
        self.keep_alive = KeepAlive(0.0)
        self.now = 0.0

    def pass_time(self, seconds: float) -> list[str]:
        """Return what is due while time passes in small steps."""
        end = self.now + seconds
        actions: list[str] = []
        while self.now < end:
            self.now = min(end, self.now + STEP)
            found = self.keep_alive.check(self.now)
            if found:
                actions.append(found)
        return actions

    def test_silence_causes_one_ping(self) -> None:
        self.assertEqual([], self.pass_time(SILENCE_SECONDS))
        self.assertEqual(["ping"], self.pass_time(ANSWER_SECONDS))

    def test_a_connection_is_dead_if_the_ping_is_not_answered_in_time(self) -> None:
        self.pass_time(SILENCE_SECONDS + STEP)
        self.assertEqual("dead", self.pass_time(ANSWER_SECONDS + STEP)[-1])

    def test_any_line_restarts_the_time(self) -> None:
        for _ in range(10):
            self.pass_time(SILENCE_SECONDS - STEP)
            self.keep_alive.received(self.now)
        self.pass_time(SILENCE_SECONDS + STEP)
        self.keep_alive.received(self.now)
        self.assertEqual([], self.pass_time(SILENCE_SECONDS))

    def test_after_sleep_the_server_has_a_short_time_to_answer(self) -> None:
        self.pass_time(SILENCE_SECONDS + STEP)
        self.now += 3600
        self.keep_alive.woken(self.now)
        self.assertEqual([], self.pass_time(WAKE_ANSWER_SECONDS))
        self.assertEqual("dead", self.keep_alive.check(self.now + 1))

    def test_a_doubt_is_settled_by_one_ping(self) -> None:
        self.assertTrue(self.keep_alive.doubted(self.now))
        self.assertFalse(self.keep_alive.doubted(self.now))
        self.assertEqual("dead", self.keep_alive.check(self.now + ANSWER_SECONDS + STEP))
        self.keep_alive.received(self.now)
        self.assertIsNone(self.keep_alive.check(self.now + ANSWER_SECONDS + STEP))
