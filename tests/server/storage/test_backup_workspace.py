"""The folder of a backup that is under way, and what a program leaves that was killed."""

from __future__ import annotations

import subprocess
import sys
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

from chatapp.server.storage.backup_workspace import LOCK, workspace
from chatapp.server.storage.data_folder import CannotUse

KILLED = """\
import os, sys
from pathlib import Path
from chatapp.server.storage.backup_workspace import workspace
with workspace(Path(sys.argv[1])) as folder:
    (folder / "files").mkdir()
    (folder / "files" / "half").write_text("half")
    (folder / "chatapp.db").write_text("half")
    os._exit(9)
"""


class Workspaces(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        self.target, self.partial = self.folder / "copy", self.folder / "copy.partial"

    def names(self) -> list[str]:
        return [path.name for path in self.folder.iterdir()]

    def test_nothing_is_left_at_the_end_or_after_a_failure(self) -> None:
        with workspace(self.target) as folder:
            (folder / "chatapp.db").write_text("half")
        self.assertEqual(self.names(), [])
        with self.assertRaisesRegex(OSError, "full"), workspace(self.target) as folder:
            raise OSError("full")
        self.assertEqual(self.names(), [])

    def test_what_a_killed_program_left_is_replaced(self) -> None:
        subprocess.run([sys.executable, "-c", KILLED, str(self.target)], check=False)
        self.assertEqual(len(list(self.partial.iterdir())), 3)
        with workspace(self.target) as folder:
            self.assertEqual([path.name for path in folder.iterdir()], [LOCK])
        self.assertEqual(self.names(), [])

    def test_a_backup_that_is_under_way_is_not_disturbed(self) -> None:
        with workspace(self.target) as folder:
            (folder / "chatapp.db").write_text("half")
            with self.assertRaisesRegex(CannotUse, "is under way"), workspace(self.target):
                self.fail("a second one has begun")
            self.assertEqual((folder / "chatapp.db").read_text(), "half")

    def test_a_folder_of_the_user_is_not_touched(self) -> None:
        self.partial.mkdir()
        precious = self.partial / "precious"
        precious.write_text("mine")
        with self.assertRaisesRegex(CannotUse, "no unfinished backup"), workspace(self.target):
            self.fail("it has begun")
        self.assertEqual(precious.read_text(), "mine")

    def test_a_file_in_its_place_is_not_touched(self) -> None:
        self.partial.write_text("mine")
        with self.assertRaisesRegex(CannotUse, "cannot write"), workspace(self.target):
            self.fail("it has begun")
        self.assertEqual(self.partial.read_text(), "mine")
