"""Transfers that are too slow to be useful are noticed."""

from __future__ import annotations

import unittest

from chatapp.server.net.transfer_pace import LEAST_BYTES_PER_SECOND, PERIOD_SECONDS, TooSlow, TransferPace


class Pace(unittest.TestCase):
    def test_a_transfer_at_the_least_rate_continues(self) -> None:
        pace = TransferPace(0)
        for second in range(1, 301):
            pace.moved(LEAST_BYTES_PER_SECOND, second)

    def test_a_transfer_of_a_byte_a_second_ends_after_a_period(self) -> None:
        pace = TransferPace(0)
        for second in range(1, int(PERIOD_SECONDS)):
            pace.moved(1, second)
        with self.assertRaises(TooSlow):
            pace.moved(1, PERIOD_SECONDS)

    def test_a_fast_start_does_not_excuse_a_slow_end(self) -> None:
        pace = TransferPace(0)
        pace.moved(10**6, PERIOD_SECONDS)
        with self.assertRaises(TooSlow):
            pace.moved(1, 2 * PERIOD_SECONDS)

    def test_the_time_in_which_the_server_pauses_does_not_count(self) -> None:
        pace = TransferPace(0)
        pace.pause(PERIOD_SECONDS)
        pace.moved(1, PERIOD_SECONDS + 1)
