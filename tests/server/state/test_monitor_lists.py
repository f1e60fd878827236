"""Which sessions monitor which nicks."""

from __future__ import annotations

import unittest

from chatapp.server.state.connection import NullConnection
from chatapp.server.state.monitor_lists import MonitorLists
from chatapp.server.state.session import Session


class Lists(unittest.TestCase):
    def setUp(self) -> None:
        self.monitors = MonitorLists()
        self.ann, self.bob = (Session(NullConnection(), 0.0) for _ in range(2))

    def test_the_case_of_a_nick_does_not_matter(self) -> None:
        self.monitors.add(self.ann, "Zoe")
        self.monitors.add(self.bob, "zoE")
        self.assertEqual(self.monitors.watching("zoe"), {self.ann, self.bob})
        self.assertEqual(self.ann.monitored, {"zoe": "Zoe"})
        self.assertEqual(self.monitors.watching("yan"), frozenset())

    def test_a_nick_without_monitoring_sessions_is_removed(self) -> None:
        self.monitors.add(self.ann, "zoe")
        self.monitors.add(self.bob, "zoe")
        self.monitors.remove(self.ann, ["zoe", "unknown"])
        self.assertEqual((self.monitors.watching("zoe"), self.ann.monitored), ({self.bob}, {}))
        self.monitors.remove(self.bob, list(self.bob.monitored))
        self.assertEqual(len(self.monitors), 0)
