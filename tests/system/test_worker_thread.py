"""Work that many threads have done on another one."""

from __future__ import annotations

import gc
import sysconfig
import threading
import unittest
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from unittest import mock

from chatapp.system.worker_thread import WorkerThread
from tests.waiting import wait_until

DEADLINE = 20
NAME = "test work"


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == NAME]


class Result:
    """Something that a weak reference can refer to."""


class WorkerThreadTest(unittest.TestCase):
    def setUp(self) -> None:
        self.thread = WorkerThread(NAME, idle_seconds=None)
        self.addCleanup(self.wait_for_the_end)
        self.addCleanup(self.thread.close)

    def wait_for_the_end(self) -> None:
        for thread in threads():
            thread.join(DEADLINE)

    def test_pieces_are_done_in_their_order(self) -> None:
        done: list[int] = []
        for number in range(100):
            self.thread.add(partial(done.append, number))
        self.thread.call(int)
        self.assertEqual(done, list(range(100)))

    def test_callers_get_their_own_results_of_the_same_thread(self) -> None:
        def call(number: int) -> tuple[int, str]:
            return self.thread.call(lambda: (number, threading.current_thread().name))

        with ThreadPoolExecutor(8) as callers:
            results = list(callers.map(call, range(200)))
        self.assertEqual(results, [(number, NAME) for number in range(200)])

    def test_a_caller_gets_the_error_and_the_thread_goes_on(self) -> None:
        for _ in range(2):
            with self.assertRaises(ZeroDivisionError):
                self.thread.call(lambda: 1 // 0)
        self.assertEqual(self.thread.call(lambda: 5), 5)

    def test_it_starts_with_the_first_piece_and_ends_when_there_is_none(self) -> None:
        self.thread = WorkerThread(NAME, idle_seconds=0.01)
        self.assertEqual(threads(), [])
        for _ in range(3):
            self.assertEqual(len(self.thread.call(threads)), 1)
            self.wait_for_the_end()
            self.assertEqual(threads(), [])

    def test_it_ends_when_it_is_closed_and_later_work_is_still_done(self) -> None:
        self.thread.call(int)
        self.thread.close()
        for _ in range(3):
            self.wait_for_the_end()
            self.assertEqual(threads(), [])
            self.assertEqual(self.thread.call(lambda: 5), 5)

    def test_work_that_waits_when_it_is_closed_is_done(self) -> None:
        gate, done = threading.Event(), list[int]()
        self.thread.add(gate.wait)
        for number in range(5):
            self.thread.add(partial(done.append, number))
        self.thread.close()
        gate.set()
        self.wait_for_the_end()
        self.assertEqual(done, list(range(5)))

    def test_where_no_thread_can_be_started_the_caller_does_the_work(self) -> None:
        with mock.patch.object(threading.Thread, "start", side_effect=RuntimeError("can't start new thread")):
            self.assertIs(self.thread.call(threading.current_thread), threading.current_thread())
            self.assertRaises(RuntimeError, self.thread.add, int)
        self.assertIsNot(self.thread.call(threading.current_thread), threading.current_thread())

    def test_nothing_of_a_piece_is_kept_while_the_thread_waits(self) -> None:
        """Neither is there a cycle that only the garbage collector frees: a failed handshake holds much."""
        results: list[weakref.ref[Result]] = []

        def work(fails: bool) -> None:
            result = Result()
            results.append(weakref.ref(result))
            if fails:
                raise ValueError(result)

        def is_free() -> bool:
            if sysconfig.get_config_var("Py_GIL_DISABLED"):
                # There a thread frees what it has made and another has dropped last, but only when it wakes.
                self.thread.call(int)
            return not any(result() for result in results)

        self.addCleanup(gc.enable)
        gc.disable()
        self.thread.call(partial(work, fails=False))
        with suppress(ValueError):  # `assertRaises` would clear the frames
            self.thread.call(partial(work, fails=True))
        wait_until(is_free, "nothing holds the results")


if __name__ == "__main__":
    unittest.main()
