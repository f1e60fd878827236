"""How the program is started again."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system import program

ROOT = Path(__file__).resolve().parents[2]


class ProgramTest(unittest.TestCase):
    def test_it_is_started_by_the_scripts_beside_the_package(self) -> None:
        self.assertIsNone(program.zip_file())
        self.assertEqual((sys.executable, str(ROOT / "run_gui.py")), program.command("gui"))
        self.assertEqual((sys.executable, str(ROOT / "run_server.py")), program.command("server"))
        self.assertEqual((sys.executable, "-m", "chatapp", "terminal"), program.command("terminal"))
        self.assertEqual(ROOT, program.folder())

    def test_an_installed_package_is_started_as_a_module(self) -> None:
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.object(program, "_folder", lambda: Path(folder)),
        ):
            self.assertEqual((sys.executable, "-m", "chatapp", "gui"), program.command("gui"))

    def test_a_zip_file_is_started_as_a_whole(self) -> None:
        with mock.patch.object(program, "zip_file", lambda: Path("/apps/chatapp.pyz")):
            self.assertEqual((sys.executable, "/apps/chatapp.pyz", "server"), program.command("server"))
            self.assertEqual("python chatapp.pyz terminal", program.shown_command("terminal"))
            self.assertEqual(Path("/apps"), program.folder())

    def test_windows_has_a_python_without_a_console(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            python, windowed = Path(folder, "python.exe"), Path(folder, "pythonw.exe")
            with (
                mock.patch.object(sys, "executable", str(python)),
                mock.patch.object(sys, "platform", "win32"),
            ):
                self.assertEqual(str(python), program.command("gui", without_console=True)[0])
                windowed.touch()
                self.assertEqual(str(windowed), program.command("gui", without_console=True)[0])
                self.assertEqual(str(python), program.command("server")[0])


if __name__ == "__main__":
    unittest.main()
