"""How often the window polls."""

from __future__ import annotations

import select
import sys
import time
import tkinter as tk
import unittest
from functools import partial
from threading import Thread
from unittest import mock

from chatapp.gui.widgets import poll_loop
from chatapp.gui.widgets.poll_loop import (
    BUSY_INTERVAL,
    IDLE_INTERVAL,
    INTERVAL,
    PollLoop,
    PollResult,
)
from chatapp.system.waker import Waker
from tests.gui.base import WindowTest

HOUR = 3_600_000  # milliseconds


class PollLoopTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.results: list[PollResult] = []
        self.polls = 0
        self.idle: list[bool] = []
        self.loop = PollLoop(self.root, self.poll, self.idle.append)
        self.addCleanup(self.loop.stop)
        idle_at_once = mock.patch.object(poll_loop, "ACTIVE_SECONDS", 0.0)
        idle_at_once.start()
        self.addCleanup(idle_at_once.stop)

    def poll(self) -> PollResult:
        self.polls += 1
        return self.results.pop(0) if self.results else "nothing"

    def test_it_polls_until_it_is_stopped(self) -> None:
        self.loop.start()
        self.until(lambda: self.polls == 3)
        self.loop.stop()
        self.assertEqual(self.root.tk.splitlist(self.root.tk.call("after", "info")), ())

    def test_other_work_is_done_with_every_poll(self) -> None:
        done: list[int] = []
        self.loop.also(lambda: done.append(self.polls))
        self.loop.start()
        self.until(lambda: self.polls == 3)
        self.assertEqual([1, 2, 3], done)

    def test_the_interval_depends_on_the_result_of_a_poll(self) -> None:
        with mock.patch.object(poll_loop, "ACTIVE_SECONDS", 3.0):
            self.results = ["more", "news"]
            self.loop.start()
            self.assertEqual((self.loop.interval, self.loop.is_behind), (BUSY_INTERVAL, True))
            self.until(lambda: self.polls == 2)
            self.assertEqual((self.loop.interval, self.loop.is_behind), (INTERVAL, False))
        self.until(lambda: self.loop.interval == IDLE_INTERVAL)
        self.assertEqual(self.idle[:2], [False, False])
        self.assertTrue(self.idle[-1])

    def test_while_idle_a_key_or_a_click_makes_it_poll_soon(self) -> None:
        field = tk.Text(self.root)
        field.pack()
        self.loop.start()
        for event in ("<KeyPress-a>", "<Button-1>"):
            with self.subTest(event):
                self.focus(field)
                self.until(lambda: self.loop.interval == IDLE_INTERVAL)
                field.event_generate(event)
                self.assertEqual(self.loop.interval, INTERVAL)

    def test_a_poll_that_raises_is_followed_by_the_next_one(self) -> None:
        raised: list[str] = []
        self.root.report_callback_exception = lambda kind, error, trace: raised.append(kind.__name__)
        with mock.patch.object(self.loop, "_poll", side_effect=[ZeroDivisionError, *["nothing"] * 100]):
            self.root.after(1, self.loop.start)
            self.until(lambda: bool(self.idle))
        self.assertEqual(raised, ["ZeroDivisionError"])

    def test_a_poll_may_stop_it(self) -> None:
        with mock.patch.object(self.loop, "_poll", side_effect=lambda: self.loop.stop()):
            self.loop.start()
        self.assertEqual((self.idle, self.root.tk.call("after", "info")), ([], ""))


@unittest.skipIf(sys.platform == "win32", "Tk watches no sockets on Windows")
class ArrivalsTest(WindowTest):
    """A loop that is idle or iconic at once, and then polls only if it is woken."""

    def setUp(self) -> None:
        super().setUp()
        for name, value in (("ACTIVE_SECONDS", 0.0), ("QUIET_INTERVAL", HOUR)):
            patch = mock.patch.object(poll_loop, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        self.results: list[PollResult] = []
        self.polls = 0
        self.waker = Waker()
        self.loop = PollLoop(self.root, self.poll, lambda is_idle: None, self.waker)
        self.addCleanup(self.loop.stop)

    def poll(self) -> PollResult:
        self.polls += 1
        return self.results.pop(0) if self.results else "nothing"

    def has_polled(self, times: int) -> bool:
        return self.polls == times

    def is_noticed(self) -> bool:
        return not select.select([self.waker.readable], [], [], 0)[0]

    @property
    def is_due_soon(self) -> bool:
        return self.loop._due < time.monotonic() + HOUR / 2000

    def arrive(self) -> None:
        thread = Thread(target=self.waker.wake)
        thread.start()
        thread.join()

    def test_each_arrival_is_followed_by_a_poll(self) -> None:
        self.loop.start()
        for polls in (1, 2, 3):
            self.assertEqual((polls, poll_loop.QUIET_INTERVAL), (self.polls, self.loop.interval))
            self.arrive()
            self.until(partial(self.has_polled, polls + 1))

    def test_a_poll_that_raises_is_not_repeated_at_once(self) -> None:
        self.loop.start()
        raised: list[str] = []
        self.root.report_callback_exception = lambda kind, error, trace: raised.append(kind.__name__)
        with mock.patch.object(self.loop, "_poll", side_effect=ZeroDivisionError):
            self.arrive()
            self.until(lambda: bool(raised))
        self.assertFalse(self.is_due_soon)

    def test_an_arrival_before_the_start_is_not_missed(self) -> None:
        self.arrive()
        self.loop.start()
        self.until(lambda: self.polls == 2)

    def test_after_a_poll_with_news_what_arrives_is_gathered(self) -> None:
        self.results = ["news"]
        with mock.patch.object(poll_loop, "INTERVAL", HOUR):
            self.loop.start()
        self.arrive()
        self.until(self.is_noticed)
        self.assertEqual((1, False), (self.polls, self.is_due_soon))

    def test_in_an_iconic_window_what_arrives_is_gathered(self) -> None:
        with mock.patch.object(self.root, "state", lambda: "iconic"):
            with mock.patch.object(poll_loop, "ICONIC_INTERVAL", HOUR):
                self.loop.start()
            self.arrive()
            self.until(self.is_noticed)
            self.assertEqual((1, False), (self.polls, self.is_due_soon))
            self.loop._tick()
            self.arrive()
            self.until(partial(self.has_polled, 3))

    def test_after_the_end_nothing_wakes_it(self) -> None:
        self.loop.start()
        self.loop.stop()
        self.arrive()
        self.root.update()
        self.assertEqual((1, -1), (self.polls, self.waker.readable.fileno()))


if __name__ == "__main__":
    unittest.main()
