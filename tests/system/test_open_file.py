"""A file is opened by a program of the system, which gets its path as one argument."""

from __future__ import annotations

import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system import open_file


@unittest.skipIf(sys.platform == "win32", "the programs of the test are scripts")
class OpenFileTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.log = self.folder / "log"
        self.enterContext(mock.patch.dict(os.environ, {"PATH": str(self.folder)}))

    def program(self, name: str, code: int = 0) -> None:
        script = self.folder / name
        script.write_text(
            f'#!/bin/sh\nfor each in "$@"; do echo "$each" >> "{self.log}"; done\nexit {code}\n'
        )
        script.chmod(0o755)

    def test_a_name_with_special_characters_is_one_argument(self) -> None:
        self.program("open" if sys.platform == "darwin" else "xdg-open")
        path = self.folder / "a b; $(touch x) 'y'.pdf"
        process = open_file.open_file(path)
        assert process is not None
        self.assertEqual(process.wait(), 0)
        self.assertEqual(self.log.read_text(), f"{path}\n")

    def test_the_folder_of_a_file_is_shown(self) -> None:
        self.program("open" if sys.platform == "darwin" else "xdg-open")
        process = open_file.show_in_folder(self.folder / "a.pdf")
        assert process is not None
        process.wait()
        self.assertIn(str(self.folder), self.log.read_text())

    def test_without_such_a_program_it_fails(self) -> None:
        with self.assertRaises(OSError):
            open_file.open_file(self.folder / "a.pdf")
