"""The flood budget, used by the reader and the core at the same time."""

from __future__ import annotations

import threading
import unittest
from unittest import mock

from chatapp.server.net.flood_budget import FloodBudget
from chatapp.server.state.rate_limits import TokenBucket


class Budget(unittest.TestCase):
    def test_lines_and_costs_come_from_one_budget(self) -> None:
        budget = FloodBudget(10, 2, 0.0)
        self.assertEqual(7, budget.take(7, 0.0))
        self.assertEqual(0.0, budget.charge(2.5, 0.0))
        self.assertEqual(0, budget.take(3, 0.0))
        self.assertEqual(0.25, budget.seconds_until_next())
        self.assertEqual(2, budget.take(3, 1.0))

    def test_a_cost_that_comes_while_lines_are_counted_is_not_lost(self) -> None:
        budget = FloodBudget(10, 2, 0.0)
        core = threading.Thread(target=budget.charge, args=(4, 0.0))

        class Tokens(float):
            """A number that the core changes while the reader subtracts from it, if nothing prevents that."""

            def __sub__(self, other: float) -> float:
                is_prevented = budget._lock.locked()
                core.start()
                if not is_prevented:
                    core.join()
                return float(self) - other

        with mock.patch.object(TokenBucket, "_fill"):  # it would make a plain number
            budget._bucket._tokens = Tokens(10.0)
            budget.take(3, 0.0)
        core.join()
        self.assertEqual(3, budget.take(10, 0.0))


if __name__ == "__main__":
    unittest.main()
