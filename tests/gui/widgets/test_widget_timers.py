"""Timers of a widget, by their purpose."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.widget_timers import WidgetTimers
from tests.gui.base import WindowTest


class WidgetTimersTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.frame = tk.Frame(self.root)
        self.timers = WidgetTimers(self.frame)
        self.done: list[str] = []

    def test_work_is_done_once_for_each_purpose(self) -> None:
        for word in ("first", "second"):
            self.timers.start("say", 1, lambda word=word: self.done.append(word))  # type: ignore[misc]
        self.assertIn("say", self.timers)
        self.until(lambda: not self.timers)
        self.assertEqual(self.done, ["first"])

    def test_work_may_start_its_own_timer_again(self) -> None:
        def work() -> None:
            self.done.append("again")
            if len(self.done) < 3:
                self.timers.start("say", 1, work)

        work()
        self.until(lambda: len(self.done) == 3)

    def test_stopped_work_is_not_done(self) -> None:
        self.timers.start("one", 1, lambda: self.done.append("one"))
        self.timers.start("two", 1, lambda: self.done.append("two"))
        self.timers.stop("one")
        self.timers.stop("unknown")
        self.until(lambda: not self.timers)
        self.assertEqual(self.done, ["two"])

    def test_nothing_is_done_after_the_widget_is_destroyed(self) -> None:
        tk.Label(self.frame).destroy()
        self.timers.start("say", 1, lambda: self.done.append("late"))
        self.frame.destroy()
        self.assertEqual(len(self.timers), 0)
