"""Locks between processes, as the system under test implements them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from chatapp.system.file_locks import try_lock, wait_for_lock

HOLD = """
import os, sys
from pathlib import Path
from chatapp.system.file_locks import try_lock, wait_for_lock
held = {holding}
print("held", flush=True)
sys.stdin.readline()
os.close(held)
print("released", flush=True)
sys.stdin.readline()
"""
OPENED = "os.open(sys.argv[1], os.O_RDWR); try_lock(held)"


class Locks(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / "table.json"
        self.path.write_text("{}")

    def other_process(self, holding: str) -> subprocess.Popen[str]:
        """Start a process that holds the lock until it is told to release it."""
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD.format(holding=holding), str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin and process.stdout
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.communicate)
        self.assertEqual(process.stdout.readline(), "held\n")
        return process

    def tell(self, process: subprocess.Popen[str]) -> str:
        """Let the process take its next step and return its output."""
        assert process.stdin and process.stdout
        process.stdin.write("\n")
        process.stdin.flush()
        return process.stdout.readline()

    def test_a_lock_of_another_process_is_refused_until_it_is_released(self) -> None:
        other = self.other_process(OPENED)
        with self.path.open("a") as file:
            self.assertRaises(OSError, try_lock, file.fileno())
            self.assertEqual(self.tell(other), "released\n")
            try_lock(file.fileno())

    def test_waiting_for_a_lock(self) -> None:
        held = wait_for_lock(self.path)
        waiting = "(print('waiting', flush=True), wait_for_lock(Path(sys.argv[1])))[1]"
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD.format(holding=waiting), str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin and process.stdout
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.communicate)
        self.assertEqual(process.stdout.readline(), "waiting\n")
        os.close(held)
        self.assertEqual(process.stdout.readline(), "held\n")

    def test_a_missing_folder_cannot_be_locked(self) -> None:
        self.assertRaises(OSError, wait_for_lock, self.path.parent / "missing" / "table.json")


if __name__ == "__main__":
    unittest.main()
