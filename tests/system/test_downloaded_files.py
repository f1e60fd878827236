"""Files are marked as downloaded, where the system has such a mark."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system.downloaded_files import mark_as_downloaded


class Marks(unittest.TestCase):
    def setUp(self) -> None:
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory())) / "setup.exe"
        self.path.write_bytes(b"MZ")

    @unittest.skipIf(sys.platform == "win32", "there the mark is no file of its own")
    def test_windows_gets_the_zone(self) -> None:
        with mock.patch.object(sys, "platform", "win32"):
            mark_as_downloaded(self.path)
        mark = Path(f"{self.path}:Zone.Identifier")
        self.assertEqual(mark.read_bytes(), b"[ZoneTransfer]\r\nZoneId=3\r\n")

    def test_macos_gets_the_quarantine(self) -> None:
        with mock.patch.object(sys, "platform", "darwin"), mock.patch.object(subprocess, "run") as run:
            mark_as_downloaded(self.path)
        command = run.call_args.args[0]
        self.assertEqual(command[1:3], ["-w", "com.apple.quarantine"])
        self.assertEqual(command[-1], str(self.path))

    def test_a_disk_without_marks_is_no_error(self) -> None:
        with mock.patch.object(sys, "platform", "win32"):
            mark_as_downloaded(self.path / "no" / "such")
        with (
            mock.patch.object(sys, "platform", "darwin"),
            mock.patch.object(subprocess, "run", side_effect=FileNotFoundError),
        ):
            mark_as_downloaded(self.path)

    def test_other_systems_leave_it_alone(self) -> None:
        with mock.patch.object(sys, "platform", "linux"):
            mark_as_downloaded(self.path)
        self.assertEqual([self.path], list(self.path.parent.iterdir()))


if __name__ == "__main__":
    unittest.main()
