"""The run of all tests ends even if a test does not."""

from __future__ import annotations

import gc
import sys
import tempfile
import threading
import unittest
import weakref
from unittest import mock

from tests import garbage, whole_run
from tests.whole_run import TESTS, TimedSuite, places


class Waiting(unittest.TestCase):
    """Tests of a run of their own, below."""

    def wait(self) -> None:
        threading.Event().wait()

    def spin(self) -> None:
        while True:
            pass

    def succeed(self) -> None:
        pass


@unittest.skipIf(sys.platform == "win32", "Windows has no alarms")
class TimeLimit(unittest.TestCase):
    def run_tests(self, *names: str) -> tuple[unittest.TestResult, str]:
        """Run tests of `Waiting` with a short limit. Returns the result and the standard error."""
        result = unittest.TestResult()
        with (
            tempfile.TemporaryFile("w+") as errors,
            mock.patch.object(sys, "stderr", errors),
            mock.patch.object(whole_run, "LONG", 0.2),
            mock.patch.object(whole_run, "LONGEST", 0.5),
        ):
            TimedSuite(Waiting(name) for name in names).run(result)
            errors.seek(0)
            return result, errors.read()

    def test_a_test_that_waits_for_ever_fails_and_the_next_one_runs(self) -> None:
        for name in ("wait", "spin"):
            with self.subTest(name):
                result, errors = self.run_tests(name, "succeed")
                self.assertEqual((2, 1, 0), (result.testsRun, len(result.failures), len(result.errors)))
                self.assertIn("the stacks of all threads are on the standard error", result.failures[0][1])
                self.assertIn(f"in {name}", errors)

    def test_a_test_that_ends_in_time_is_not_stopped_later(self) -> None:
        result, errors = self.run_tests("succeed")
        self.assertFalse(threading.Event().wait(0.8))
        self.assertEqual((True, ""), (result.wasSuccessful(), errors))


class Holding(unittest.TestCase):
    """A test of a run of its own, below."""

    found: list[weakref.ref[threading.Event]] = []  # noqa: RUF012

    def hold(self) -> None:
        self.held = threading.Event()
        self.held.holder = self  # type: ignore[attr-defined]
        self.found.append(weakref.ref(self.held))


class Collecting(unittest.TestCase):
    def test_what_a_test_holds_is_collected_though_it_holds_the_test(self) -> None:
        gc.collect()
        suite = TimedSuite([Holding("hold"), Waiting("succeed")])
        garbage.collect_in_main_thread()
        suite.run(unittest.TestResult())
        gc.collect()
        self.assertIsNone(Holding.found.pop()())


class Parts(unittest.TestCase):
    def test_each_module_is_in_one_of_the_two_parts(self) -> None:
        both = places("window") + places("others")
        self.assertEqual(sorted(both), places(""))
        for file in TESTS.rglob("test*.py"):
            with self.subTest(file.name):
                self.assertEqual(1, sum(file.is_relative_to(place) for place in both))

    def test_another_part_is_refused(self) -> None:
        with self.assertRaises(SystemExit):
            places("windows")


if __name__ == "__main__":
    unittest.main()
