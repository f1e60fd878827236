"""Garbage is collected on the Tk thread, in small steps."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import threading
import tkinter as tk
from pathlib import Path

from chatapp.gui.widgets.garbage_collector import MAX_OLD, MIDDLE, OLD, SHARE, YOUNG, GarbageCollector
from tests.gui.base import WindowTest

ROOT = Path(__file__).resolve().parents[3]
OPENED = """
import gc, sys, tkinter
from chatapp.gui.app import main
tkinter.Tk.mainloop = lambda root, n=0: print("automatic" if gc.isenabled() else "by the window")
main(sys.argv[1:])
"""


class Node:
    """Garbage that records which thread collects it."""

    def __init__(self, collected: list[int]) -> None:
        self.collected, self.itself = collected, self

    def __del__(self) -> None:
        self.collected.append(threading.get_ident())


class GarbageTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.now = 0.0
        self.pause = 0.0  # between two calls at the clock
        self.garbage = GarbageCollector(self.clock)
        self.collected: list[int] = []
        self.stored: list[list[object]] = []

    def clock(self) -> float:
        self.now += self.pause
        return self.now

    def make_garbage(self, times: int = 1) -> None:
        """Create so many objects that a collection is due."""
        self.stored.append([[] for _ in range(2 * YOUNG * times)])

    def test_a_thread_that_makes_many_objects_collects_nothing(self) -> None:
        Node(self.collected)
        worker = threading.Thread(target=self.make_garbage, args=(200,))
        worker.start()
        worker.join()
        self.assertEqual(self.collected, [])
        self.garbage.collect_if_due(is_idle=False)
        self.assertEqual(self.collected, [threading.get_ident()])

    def test_with_few_new_objects_nothing_is_done(self) -> None:
        gc.collect()
        Node(self.collected)
        self.garbage.collect_if_due(is_idle=True)
        self.assertEqual(self.collected, [])

    def calls_until_collected(self, is_quiet: bool, most: int = 100_000) -> int:
        """Create old garbage and return the number of calls until it is collected."""
        gc.collect()
        self.collected.clear()
        old = Node(self.collected)
        gc.collect(0)
        gc.collect(1)
        del old
        calls = 0
        while not self.collected and calls < most:
            self.make_garbage()
            self.garbage.collect_if_due(is_quiet)
            self.stored.clear()
            calls += 1
        return calls

    def test_old_garbage_is_collected_when_idle_or_after_a_long_time(self) -> None:
        quiet, busy = self.calls_until_collected(True), self.calls_until_collected(False)
        self.assertLess(quiet, (OLD + 3) * (MIDDLE + 1))
        self.assertGreater(busy, 10 * quiet)
        self.assertLess(busy, (MAX_OLD + 3) * (MIDDLE + 1))

    def test_after_a_slow_collection_the_next_one_is_delayed(self) -> None:
        self.pause = 1.0
        first = self.calls_until_collected(True)
        self.pause = 0.0
        self.assertGreater(self.calls_until_collected(True, most=5 * first), 4 * first)
        self.now += 1 / SHARE
        self.assertLess(self.calls_until_collected(True), first)

    def test_variables_and_images_in_a_cycle_are_deleted_by_this_thread(self) -> None:
        holder: dict[str, object] = {"image": tk.PhotoImage(master=self.root, width=1, height=1)}
        holder["itself"] = holder
        names = self.root.image_names()
        del holder
        self.make_garbage()
        self.garbage.collect_if_due(is_idle=False)
        self.assertEqual(len(self.root.image_names()), len(names) - 1)


class OpenedTest(WindowTest):
    def test_the_window_turns_automatic_collection_off(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-c", OPENED, "--config", folder],
                cwd=ROOT, env=os.environ.copy(), capture_output=True, text=True, timeout=60, check=False,
            )  # fmt: skip
        self.assertEqual(done.stdout, "by the window\n", done.stderr)
