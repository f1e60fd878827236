"""Locks on Windows, with a fake of `msvcrt`."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tests.system import windows

NOW, WAITING = 2, 1


class WindowsLocks(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / "table.json"
        self.msvcrt = mock.Mock(LK_NBLCK=NOW, LK_LOCK=WAITING)
        self.locks = windows.imported("chatapp.system.windows_file_locks", msvcrt=self.msvcrt)

    def test_an_open_file_is_locked_without_waiting(self) -> None:
        self.locks.try_lock(7)
        self.msvcrt.locking.assert_called_once_with(7, NOW, 1)

    def test_a_lock_of_another_process_is_refused(self) -> None:
        self.msvcrt.locking.side_effect = OSError("locked")
        self.assertRaises(OSError, self.locks.try_lock, 7)

    def test_a_separate_file_is_locked_because_a_folder_cannot_be(self) -> None:
        descriptor = self.locks.wait_for_lock(self.path)
        self.assertEqual([each.name for each in self.path.parent.iterdir()], ["table.json.lock"])
        self.msvcrt.locking.assert_called_once_with(descriptor, WAITING, 1)
        os.close(descriptor)

    def test_a_lock_that_is_never_released_leaves_no_descriptor_open(self) -> None:
        self.msvcrt.locking.side_effect = OSError("Resource deadlock avoided")
        with mock.patch.object(self.locks.os, "close", wraps=os.close) as close:
            self.assertRaises(OSError, self.locks.wait_for_lock, self.path)
        close.assert_called_once_with(self.msvcrt.locking.call_args.args[0])


if __name__ == "__main__":
    unittest.main()
