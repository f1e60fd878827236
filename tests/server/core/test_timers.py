"""Due actions run in the order of their times."""

from __future__ import annotations

import unittest

from chatapp.server.core.timers import Timers
from chatapp.server.state.connection import NullConnection
from chatapp.server.state.session import Session


class Due(unittest.TestCase):
    def setUp(self) -> None:
        self.timers = Timers()
        self.session = Session(NullConnection(), 0.0)
        self.done: list[str] = []

    def add(self, at: float, name: str) -> None:
        self.timers.add(at, lambda session: self.done.append(name), self.session)

    def pass_until(self, now: float) -> list[str]:
        """Return the actions that run until this time and have not run before."""
        self.done.clear()
        for action, session in self.timers.due(now):
            action(session)
        return list(self.done)

    def test_the_earliest_is_first_and_equal_times_keep_their_order(self) -> None:
        for at, name in ((3.0, "d"), (2.0, "b"), (1.0, "a"), (2.0, "c")):
            self.add(at, name)
        self.assertEqual(self.timers.next_at, 1.0)
        self.assertEqual(self.pass_until(2.5), ["a", "b", "c"])
        self.assertEqual(self.pass_until(2.5), [])
        self.assertEqual(self.timers.next_at, 3.0)
        self.assertEqual(self.pass_until(3.0), ["d"])
        self.assertIsNone(self.timers.next_at)

    def test_due_actions_that_are_added_meanwhile_run_too(self) -> None:
        self.timers.add(1.0, lambda session: self.add(1.0, "next"), self.session)
        self.assertEqual(self.pass_until(1.0), ["next"])


if __name__ == "__main__":
    unittest.main()
