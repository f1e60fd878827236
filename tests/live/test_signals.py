"""Signals in quick succession: whatever comes and however fast, the server ends when it is asked to."""

from __future__ import annotations

import signal
import unittest

from tests.live.base import LiveTest

MANY = 400


@unittest.skipUnless(hasattr(signal, "SIGHUP"), "there is no SIGHUP on this system")
class Storm(LiveTest):
    def send(self, *numbers: signal.Signals) -> None:
        """Many rounds of these, as fast as can be. A server that has ended gets no more."""
        for _ in range(MANY):
            for number in numbers:
                self.server.process.send_signal(number)

    def test_many_wishes_to_end_are_one(self) -> None:
        for numbers in ((signal.SIGINT,), (signal.SIGTERM,), (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)):
            with self.subTest(numbers):
                self.start()
                ann = self.enter("ann")
                self.send(*numbers)
                self.assertEqual(ann.rest()[-1].text, "The server is shutting down")
                self.assertEqual(self.server.wait(), 0)

    def test_many_wishes_to_read_the_configuration_again_stop_nobody(self) -> None:
        self.start()
        ann = self.enter("ann")
        self.send(signal.SIGHUP)
        ann.settle()
        self.server.printed("The configuration was read again")
        self.assertEqual(self.server.stop(), 0)
