"""The interval of the interpreter grows with the number of threads."""

from __future__ import annotations

import sys
import unittest

from chatapp.system import switch_interval
from chatapp.system.switch_interval import LEAST_SECONDS


class Fitting(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(sys.setswitchinterval, sys.getswitchinterval())

    def test_few_threads_have_the_interval_of_python(self) -> None:
        for threads in (0, 1, 200):
            switch_interval.fit_to(threads)
            self.assertAlmostEqual(sys.getswitchinterval(), LEAST_SECONDS, places=5)

    def test_thousands_have_a_longer_one(self) -> None:
        switch_interval.fit_to(3000)
        self.assertAlmostEqual(sys.getswitchinterval(), 0.06, places=5)
        switch_interval.fit_to(10)
        self.assertAlmostEqual(sys.getswitchinterval(), LEAST_SECONDS, places=5)
