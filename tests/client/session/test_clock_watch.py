"""Sleep and a clock that is set are detected."""

from __future__ import annotations

import unittest

from chatapp.client.session.clock_watch import ClockJump, ClockWatch

NOTHING = ClockJump(False, 0.0)


class Looking(unittest.TestCase):
    def test_two_comparisons_distinguish_sleep_from_a_clock_that_was_set(self) -> None:
        for name, wall, clock, expected in (
            ("both go on", 0.1, 0.1, NOTHING),
            ("a slow program", 29.0, 29.0, NOTHING),
            ("small corrections", -0.5, 0.1, NOTHING),
            ("sleep on Linux and macOS", 3600.0, 0.1, ClockJump(True, 0.0)),
            ("sleep on Windows", 3600.0, 3600.0, ClockJump(True, 0.0)),
            ("set forward", 7200.0, 0.5, ClockJump(True, 0.0)),
            ("set back a little", -4.5, 0.5, ClockJump(False, 5.0)),
            ("set back by an hour", -3599.5, 0.5, ClockJump(True, 3600.0)),
        ):
            with self.subTest(name):
                watch = ClockWatch(1_000_000.0, 50.0)
                self.assertEqual(expected, watch.compare(1_000_000.0 + wall, 50.0 + clock))
                self.assertEqual(NOTHING, watch.compare(1_000_000.1 + wall, 50.1 + clock))
