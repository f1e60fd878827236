"""Many signals in quick succession: the server stops or reloads as if there had been one."""

from __future__ import annotations

import signal
import unittest

from tests.live.base import LiveTest

MANY = 400


@unittest.skipUnless(hasattr(signal, "SIGHUP"), "there is no SIGHUP on this system")
class ManySignals(LiveTest):
    def send(self, *numbers: signal.Signals) -> None:
        """Send these signals many times, as fast as possible."""
        for _ in range(MANY):
            for number in numbers:
                self.server.process.send_signal(number)

    def test_many_stop_signals_stop_the_server_once(self) -> None:
        for numbers in ((signal.SIGINT,), (signal.SIGTERM,), (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)):
            with self.subTest(numbers):
                self.start()
                ann = self.enter("ann")
                self.send(*numbers)
                self.assertEqual(ann.rest()[-1].text, "The server is shutting down")
                self.assertEqual(self.server.wait(), 0)

    def test_many_reload_signals_are_harmless(self) -> None:
        self.start()
        ann = self.enter("ann")
        self.send(signal.SIGHUP)
        ann.settle()
        self.server.printed("The configuration was loaded again")
        self.assertEqual(self.server.stop(), 0)
