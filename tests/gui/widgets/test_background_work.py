"""Work whose results come back to the thread of Tk."""

from __future__ import annotations

import threading
import tkinter as tk

from chatapp.gui.widgets.background_work import BackgroundWork
from tests.gui.base import WindowTest


class BackgroundWorkTest(WindowTest):
    def test_results_come_on_the_thread_of_tk(self) -> None:
        done: list[object] = []
        work = BackgroundWork(self.root)
        work.run(lambda: 5, lambda result: done.append((result, threading.current_thread())))
        work.run(lambda: 6, lambda result: done.append((result, threading.current_thread())))
        self.until(lambda: len(done) == 2)
        self.assertEqual(sorted(done, key=str), [(each, threading.current_thread()) for each in (5, 6)])

    def test_a_result_that_comes_too_late_is_dropped(self) -> None:
        gate, frame, done = threading.Event(), tk.Frame(self.root), list[object]()
        work = BackgroundWork(frame)
        work.run(lambda: gate.wait(10), done.append)
        frame.destroy()
        gate.set()
        self.settle()
        self.assertEqual(done, [])
