"""How often the window polls."""

from __future__ import annotations

import tkinter as tk
from unittest import mock

from chatapp.gui.widgets import poll_loop
from chatapp.gui.widgets.poll_loop import BUSY_INTERVAL, IDLE_INTERVAL, INTERVAL, PollLoop, PollResult
from tests.gui.base import WindowTest


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
