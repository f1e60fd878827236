"""The run of all tests: its parts, a time limit for each test, and garbage collection by the main thread.

CHATAPP_TESTS=window runs the tests of the window only, but not those of its theme and of single widgets.
CHATAPP_TESTS=others runs all others. So both can run at the same time, and take about as long.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
import unittest
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from types import FrameType

from tests import garbage

TESTS = Path(__file__).resolve().parent
WINDOW = TESTS / "gui"
PARTS_OF_WINDOW = frozenset({WINDOW / "theme", WINDOW / "widgets"})  # in the half of the others
LONG = 120.0  # seconds after which the stacks of all threads are printed
LONGEST = 300.0  # seconds after which a test fails
AGAIN = 10.0  # seconds after which it is ended again, as a callback of Tk may catch the exception


class TookTooLong(AssertionError):
    """A test has not ended in time."""


class TimedSuite(unittest.TestSuite):
    """Tests that have to end in time, each by itself; garbage is collected afterwards.

    A test that waits for ever fails, with the stacks of all threads on the standard error.
    """

    def __iter__(self) -> Iterator[unittest.TestCase | unittest.TestSuite]:
        for test in super().__iter__():
            limit_time(LONG, LONGEST)
            before = set(vars(test)) if isinstance(test, unittest.TestCase) else set()
            yield test
            if isinstance(test, unittest.TestCase):
                # Tests are exempt from collection, so what they hold is not collected if it holds them.
                for name in set(vars(test)) - before:
                    delattr(test, name)

    def run(self, result: unittest.TestResult, debug: bool = False) -> unittest.TestResult:
        super().run(result, debug)
        stop_limit()
        garbage.collect_if_due()
        return result


class NothingElsewhere(unittest.TestCase):
    """Runs last."""

    def test_no_thread_but_the_main_one_has_collected_garbage_or_deleted_objects_of_tk(self) -> None:
        gc.collect()
        self.assertEqual("", garbage.take_strays())


def load(loader: unittest.TestLoader, pattern: str | None) -> unittest.TestSuite:
    """Find the tests of the part that CHATAPP_TESTS names, by default all of them."""
    pattern = pattern or "test*.py"
    loader.suiteClass = TimedSuite
    found = TimedSuite()
    for place in places(os.environ.get("CHATAPP_TESTS", "")):
        if place.is_dir():
            found.addTest(loader.discover(str(place), pattern, str(TESTS.parent)))
        elif fnmatch(place.name, pattern):
            name = ".".join(place.relative_to(TESTS.parent).with_suffix("").parts)
            found.addTest(loader.loadTestsFromName(name))
    found.addTest(loader.loadTestsFromTestCase(NothingElsewhere))
    garbage.collect_in_main_thread()
    return found


def places(part: str) -> list[Path]:
    """Return the folders and files with the tests of a part: `window`, `others`, or an empty text for all."""
    if part not in ("", "window", "others"):
        sys.exit(f"CHATAPP_TESTS is 'window' or 'others', not {part!r}")
    files = [each for top in (TESTS, WINDOW) for each in (*top.glob("*/__init__.py"), *top.glob("test*.py"))]
    found = {file.parent if file.stem == "__init__" else file for file in files} - {WINDOW}
    of_window = {each for each in found if each.parent == WINDOW} - PARTS_OF_WINDOW
    return sorted({"": found, "window": of_window, "others": found - of_window}[part])


def limit_time(long: float, longest: float) -> None:
    """Replace the limit.

    Args:
        long: Seconds after which the stacks of all threads are printed.
        longest: Seconds after which the main thread raises TookTooLong.
    """
    faulthandler.dump_traceback_later(long)
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, _end)
        signal.setitimer(signal.ITIMER_REAL, longest, AGAIN)


def stop_limit() -> None:
    """End the limit."""
    faulthandler.cancel_dump_traceback_later()
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)


def _end(number: int, frame: FrameType | None) -> None:
    raise TookTooLong(f"longer than {LONGEST} s; the stacks of all threads are on the standard error")
