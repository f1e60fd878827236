"""Work on other threads."""

from __future__ import annotations

import threading
from collections.abc import Callable

from chatapp.system.background_jobs import BackgroundJobs
from tests.errors import Quiet
from tests.waiting import wait_until


class BackgroundJobsTest(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.jobs = BackgroundJobs(at_once=2)
        self.done: list[object] = []

    def finish(self) -> None:
        def poll() -> bool:
            self.jobs.poll()
            return not self.jobs.is_busy

        wait_until(poll, "all jobs have ended")

    def test_a_result_comes_with_a_poll_on_the_same_thread(self) -> None:
        threads: list[threading.Thread] = []
        self.jobs.run(threading.current_thread, threads.append)
        self.jobs.run(lambda: 5, lambda result: self.done.append((result, threading.current_thread())))
        self.assertEqual(self.done, [])
        self.assertTrue(self.jobs.is_busy)
        self.finish()
        self.assertEqual(self.done, [(5, threading.current_thread())])
        self.assertIsNot(threads[0], threading.current_thread())

    def test_no_more_run_at_once_than_may(self) -> None:
        gate, begun = threading.Event(), threading.Semaphore(0)
        running: list[int] = []

        def work(number: int) -> Callable[[], int]:
            def begin() -> int:
                running.append(number)
                begun.release()
                gate.wait(10)
                return number

            return begin

        for number in range(4):
            self.jobs.run(work(number), self.done.append)
        for _ in range(2):
            self.assertTrue(begun.acquire(timeout=10))
        self.jobs.poll()
        self.assertEqual(sorted(running), [0, 1])
        gate.set()
        self.finish()
        self.assertEqual(sorted(self.done, key=str), [0, 1, 2, 3])

    def test_a_job_that_fails_is_logged_and_the_others_go_on(self) -> None:
        with self.assertLogs("chatapp.system.background_jobs", "ERROR"):
            self.jobs.run(lambda: 1 // 0, self.done.append)
            self.finish()
        self.jobs.run(lambda: 7, self.done.append)
        self.finish()
        self.assertEqual(self.done, [7])
