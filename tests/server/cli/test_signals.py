"""Signals sent to the test process."""

from __future__ import annotations

import signal
import threading
import unittest

from chatapp.server.cli.signals import Signals


class Receiving(unittest.TestCase):
    def setUp(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            self.addCleanup(signal.signal, number, signal.getsignal(number))

    def test_each_signal_that_stops_the_server(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number), Signals() as signals:
                signal.raise_signal(number)
                self.assertFalse(signals.wait())

    @unittest.skipUnless(hasattr(signal, "SIGHUP"), "there is no SIGHUP on this system")
    def test_sighup_reloads_the_configuration(self) -> None:
        hangup: signal.Signals = getattr(signal, "SIGHUP")  # noqa: B009 (missing on Windows)
        with Signals() as signals:
            signal.raise_signal(hangup)
            self.assertTrue(signals.wait())
            signal.raise_signal(hangup)
            signal.raise_signal(signal.SIGTERM)
            self.assertFalse(signals.wait(), "stopping wins")
            self.assertFalse(signals.wait(), "and it stays so")

    def test_more_signals_than_the_socket_can_hold_still_stop_the_server(self) -> None:
        with Signals() as signals:
            for _ in range(5000):
                signal.raise_signal(signal.SIGTERM)
            self.assertFalse(signals.wait())

    def test_another_thread_can_stop_the_server(self) -> None:
        with Signals() as signals:
            thread = threading.Thread(target=signals.stop)
            thread.start()
            self.assertFalse(signals.wait())
            thread.join()

    def test_signals_afterwards_are_ignored(self) -> None:
        with Signals():
            pass
        signal.raise_signal(signal.SIGTERM)
        self.assertEqual(signal.getsignal(signal.SIGTERM), signal.SIG_IGN)


if __name__ == "__main__":
    unittest.main()
