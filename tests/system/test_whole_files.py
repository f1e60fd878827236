"""Files that are written completely or not at all."""

from __future__ import annotations

import stat
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system.whole_files import write_text_whole, write_whole


class WholeFile(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name)
        self.file = self.folder / "file"

    def test_a_new_file_replaces_an_earlier_one(self) -> None:
        self.file.write_bytes(b"before")
        write_whole(self.file, b"after")
        self.assertEqual(b"after", self.file.read_bytes())
        self.assertEqual([self.file], list(self.folder.iterdir()))

    def test_a_failure_leaves_the_earlier_file_and_nothing_else(self) -> None:
        self.file.write_bytes(b"before")
        with mock.patch.object(Path, "replace", side_effect=OSError("no")), self.assertRaises(OSError):
            write_whole(self.file, b"after")
        self.assertEqual(b"before", self.file.read_bytes())
        self.assertEqual([self.file], list(self.folder.iterdir()))

    def test_a_missing_folder_is_an_error(self) -> None:
        with self.assertRaises(FileNotFoundError):
            write_whole(self.folder / "missing" / "file", b"")

    @unittest.skipIf(sys.platform == "win32", "Windows has no such modes")
    def test_a_program_may_be_run(self) -> None:
        write_whole(self.file, b"#!/bin/sh", mode=0o755)
        self.assertEqual(0o755, stat.S_IMODE(self.file.stat().st_mode))

    def test_a_text_is_written_piece_by_piece_as_it_is(self) -> None:
        self.file.write_bytes(b"before")
        write_text_whole(self.file, iter(("one\r\n", "zwei ä\n")))
        self.assertEqual("one\r\nzwei ä\n".encode(), self.file.read_bytes())
        self.assertEqual([self.file], list(self.folder.iterdir()))

    def test_a_text_that_cannot_be_made_leaves_the_earlier_file_and_nothing_else(self) -> None:
        self.file.write_bytes(b"before")
        with self.assertRaises(ZeroDivisionError):
            write_text_whole(self.file, (str(1 // number) for number in (1, 0)))
        self.assertEqual(b"before", self.file.read_bytes())
        self.assertEqual([self.file], list(self.folder.iterdir()))

    @unittest.skipIf(sys.platform == "win32", "Windows has no such modes")
    def test_a_text_can_be_read_by_its_user_alone(self) -> None:
        write_text_whole(self.file, ["secret"])
        self.assertEqual(0o600, stat.S_IMODE(self.file.stat().st_mode))


if __name__ == "__main__":
    unittest.main()
