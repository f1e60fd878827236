"""How long to wait before the next try. The tries themselves are tested with the whole client."""

from __future__ import annotations

import unittest

from chatapp.client.session.lifeline import retry_delay


class Waiting(unittest.TestCase):
    def test_the_wait_doubles_from_a_second_to_a_minute(self) -> None:
        delays = [retry_delay(attempt, 0.0) for attempt in range(8)]
        self.assertEqual([1, 2, 4, 8, 16, 32, 60, 60], delays)
        self.assertEqual(60.0, retry_delay(10_000, 0.0))

    def test_chance_takes_up_to_a_half_of_it(self) -> None:
        self.assertEqual(0.5, retry_delay(0, 1.0))
        self.assertEqual(45.0, retry_delay(9, 0.5))
