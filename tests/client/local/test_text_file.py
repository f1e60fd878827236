"""Text files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from unittest import mock

from chatapp.client.local.text_file import write_text, write_text_soon

DEADLINE = 20.0  # seconds


class Writing(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.path = self.folder / "log.csv"

    def test_a_file_is_replaced(self) -> None:
        self.path.write_text("old")
        self.assertEqual(write_text(self.path, ["one\r\n", "zwei ä\r\n"]), "")
        self.assertEqual(self.path.read_bytes(), "one\r\nzwei ä\r\n".encode())
        self.assertEqual([each.name for each in self.folder.iterdir()], ["log.csv"])

    def test_after_a_failure_the_old_file_is_there_and_nothing_else(self) -> None:
        self.path.write_text("old")

        def pieces() -> Iterator[str]:
            yield "new"
            raise OSError(errno.ENOSPC, "No space left on device")

        self.assertEqual(write_text(self.path, pieces()), "log.csv could not be written. The disk is full.")
        self.assertEqual(self.path.read_text(), "old")
        self.assertEqual([each.name for each in self.folder.iterdir()], ["log.csv"])

    def test_it_can_be_given_up_until_the_last_moment(self) -> None:
        self.path.write_text("old")
        for count in range(3):
            asked = iter([*[False] * count, True])
            self.assertEqual(write_text(self.path, ["one", "two"], lambda: next(asked)), "")  # noqa: B023
            self.assertEqual(self.path.read_text(), "old")
            self.assertEqual([each.name for each in self.folder.iterdir()], ["log.csv"])

    def test_a_thread_reports_the_outcome(self) -> None:
        done: SimpleQueue[str] = SimpleQueue()
        write_text_soon(self.path, ["x"], done.put)
        self.assertEqual(done.get(timeout=DEADLINE), "")

    def test_other_reasons_are_those_of_the_system(self) -> None:
        gone = write_text(self.folder / "gone" / "log.csv", ["x"])
        self.assertEqual(gone, "log.csv could not be written. This folder does not exist any more.")
        with mock.patch.object(os, "fsync", side_effect=OSError(errno.EIO, "Input/output error")):
            failed = write_text(self.path, ["x"])
        self.assertEqual(failed, "log.csv could not be written. Input/output error.")


if __name__ == "__main__":
    unittest.main()
