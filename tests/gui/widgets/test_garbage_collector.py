"""Garbage is collected on Tk's thread, in small pieces."""

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
    """Garbage that notes which thread collects it."""

    def __init__(self, collected: list[int]) -> None:
        self.collected, self.itself = collected, self

    def __del__(self) -> None:
        self.collected.append(threading.get_ident())


class GarbageTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.now = 0.0
        self.pause = 0.0  # between two looks at the clock
        self.garbage = GarbageCollector(self.clock)
        self.collected: list[int] = []
        self.kept: list[list[object]] = []

    def clock(self) -> float:
        self.now += self.pause
        return self.now

    def litter(self, times: int = 1) -> None:
        """Make so many objects that it is time to collect."""
        self.kept.append([[] for _ in range(2 * YOUNG * times)])

    def test_a_thread_that_makes_many_objects_collects_nothing(self) -> None:
        Node(self.collected)
        worker = threading.Thread(target=self.litter, args=(200,))
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

    def looks_until_collected(self, is_quiet: bool, most: int = 100_000) -> int:
        """Make old garbage; gives how many looks it takes until it is collected."""
        gc.collect()
        self.collected.clear()
        old = Node(self.collected)
        gc.collect(0)
        gc.collect(1)
        del old
        looks = 0
        while not self.collected and looks < most:
            self.litter()
            self.garbage.collect_if_due(is_quiet)
            self.kept.clear()
            looks += 1
        return looks

    def test_old_garbage_goes_when_it_is_quiet_or_has_waited_long(self) -> None:
        quiet, busy = self.looks_until_collected(True), self.looks_until_collected(False)
        self.assertLess(quiet, (OLD + 3) * (MIDDLE + 1))
        self.assertGreater(busy, 10 * quiet)
        self.assertLess(busy, (MAX_OLD + 3) * (MIDDLE + 1))

    def test_after_a_long_pause_the_next_one_comes_late(self) -> None:
        self.pause = 1.0
        first = self.looks_until_collected(True)
        self.pause = 0.0
        self.assertGreater(self.looks_until_collected(True, most=5 * first), 4 * first)
        self.now += 1 / SHARE
        self.assertLess(self.looks_until_collected(True), first)

    def test_stopped_python_collects_by_itself(self) -> None:
        frozen = gc.get_freeze_count()
        self.garbage.stop()
        self.addCleanup(GarbageCollector)
        self.assertTrue(gc.isenabled())
        # some hundred objects that never end are kept there by Python itself, since 3.12
        self.assertLess(gc.get_freeze_count(), frozen // 10)

    def test_variables_and_images_in_a_cycle_are_deleted_by_this_thread(self) -> None:
        holder: dict[str, object] = {"image": tk.PhotoImage(master=self.root, width=1, height=1)}
        holder["itself"] = holder
        names = self.root.image_names()
        del holder
        self.litter()
        self.garbage.collect_if_due(is_idle=False)
        self.assertEqual(len(self.root.image_names()), len(names) - 1)


class OpenedTest(WindowTest):
    def test_the_program_collects_by_itself(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-c", OPENED, "--config", folder],
                cwd=ROOT, env=os.environ.copy(), capture_output=True, text=True, timeout=60, check=False,
            )  # fmt: skip
        self.assertEqual(done.stdout, "by the window\n", done.stderr)
