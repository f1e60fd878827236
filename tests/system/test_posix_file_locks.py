"""Locks with `flock`: no file remains, and a failure leaves no descriptor open."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock


@unittest.skipIf(sys.platform == "win32", "Windows has no flock")
class PosixLocks(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name)
        self.locks = importlib.import_module("chatapp.system.posix_file_locks")

    def test_the_folder_is_locked_without_creating_a_file(self) -> None:
        descriptor = self.locks.wait_for_lock(self.folder / "table.json")
        self.assertTrue(os.path.sameopenfile(descriptor, os.open(self.folder, os.O_RDONLY)))
        os.close(descriptor)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_file_system_without_locks_leaves_no_descriptor_open(self) -> None:
        with (
            mock.patch("fcntl.flock", side_effect=OSError("no locks")),
            mock.patch("os.close", wraps=os.close) as close,
        ):
            self.assertRaises(OSError, self.locks.wait_for_lock, self.folder / "table.json")
        close.assert_called_once()


if __name__ == "__main__":
    unittest.main()
