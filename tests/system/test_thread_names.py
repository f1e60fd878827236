"""Names of threads."""

from __future__ import annotations

import sys
import threading
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system.thread_names import name_this_thread


@unittest.skipUnless(sys.platform == "linux", "only Linux shows names of threads in /proc")
class ThreadNames(unittest.TestCase):
    def named(self, name: str) -> str:
        """Return how the system names a thread that has given itself this name."""
        found: list[str] = []

        def run() -> None:
            name_this_thread(name)
            found.append(Path(f"/proc/self/task/{threading.get_native_id()}/comm").read_text())

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        return found[0].rstrip("\n")

    def test_the_system_knows_the_name(self) -> None:
        self.assertEqual(self.named("link 54321"), "link 54321")

    def test_a_long_name_is_cut(self) -> None:
        self.assertEqual(self.named("x" * 40), "x" * 15)

    def test_without_proc_nothing_happens(self) -> None:
        with mock.patch("os.open", side_effect=FileNotFoundError):
            self.assertNotEqual(self.named("link 54321"), "link 54321")
