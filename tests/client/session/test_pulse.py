"""Whether the other side lives."""

from __future__ import annotations

import unittest

from chatapp.client.session.pulse import PATIENCE_SECONDS, SILENCE_SECONDS, WOKEN_SECONDS, KeepAlive

STEP = 5.0


class Beating(unittest.TestCase):
    def setUp(self) -> None:
        self.pulse = KeepAlive(0.0)
        self.now = 0.0

    def passes(self, seconds: float) -> list[str]:
        """What is to be done while time goes by in small steps."""
        end = self.now + seconds
        said: list[str] = []
        while self.now < end:
            self.now = min(end, self.now + STEP)
            found = self.pulse.look(self.now)
            if found:
                said.append(found)
        return said

    def test_silence_is_asked_about_once(self) -> None:
        self.assertEqual([], self.passes(SILENCE_SECONDS))
        self.assertEqual(["ping"], self.passes(PATIENCE_SECONDS))

    def test_a_silent_link_is_dead_when_patience_is_over(self) -> None:
        self.passes(SILENCE_SECONDS + STEP)
        self.assertEqual("dead", self.passes(PATIENCE_SECONDS + STEP)[-1])

    def test_anything_heard_is_life(self) -> None:
        for _ in range(10):
            self.passes(SILENCE_SECONDS - STEP)
            self.pulse.heard(self.now)
        self.passes(SILENCE_SECONDS + STEP)
        self.pulse.heard(self.now)
        self.assertEqual([], self.passes(SILENCE_SECONDS))

    def test_after_sleep_the_other_side_has_a_short_time_to_answer(self) -> None:
        self.passes(SILENCE_SECONDS + STEP)
        self.now += 3600
        self.pulse.woken(self.now)
        self.assertEqual([], self.passes(WOKEN_SECONDS))
        self.assertEqual("dead", self.pulse.look(self.now + 1))
