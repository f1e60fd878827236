"""The command line of the window: what it says where no window can come."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_TKINTER = """
import sys
sys.modules["tkinter"] = None
from chatapp.gui.app import main
sys.exit(main(sys.argv[1:]))
"""
LAZY = """
import sys, chatapp.gui.app, chatapp.__main__
sys.exit("tkinter" in sys.modules or "sqlite3" in sys.modules)
"""


class CommandTest(unittest.TestCase):
    def run_python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {
            name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=kept | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def config(self) -> str:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return folder.name

    def test_without_tkinter_one_line_says_what_to_install(self) -> None:
        done = self.run_python("-c", WITHOUT_TKINTER, "--config", self.config())
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn("apt install python3-tk", done.stderr)

    @unittest.skipUnless(sys.platform.startswith("linux"), "elsewhere there is always a display")
    def test_without_a_display_one_line_names_the_terminal(self) -> None:
        done = self.run_python("run_gui.py", "--config", self.config())
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn("python -m chatapp terminal", done.stderr)

    def test_nothing_heavy_is_loaded_before_it_is_needed(self) -> None:
        self.assertEqual(self.run_python("-c", LAZY).returncode, 0)

    def test_the_module_names_its_parts(self) -> None:
        done = self.run_python("-m", "chatapp", "sing")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr, "There is no part called sing: choose gui, server, terminal.\n")

    def test_the_module_hands_its_arguments_on(self) -> None:
        for part, flag in (("gui", "--server"), ("server", "serve"), ("terminal", "--name")):
            with self.subTest(part=part):
                self.assertIn(flag, self.run_python("-m", "chatapp", part, "--help").stdout)
        self.assertIn("--server", self.run_python("-m", "chatapp", "--help").stdout)


if __name__ == "__main__":
    unittest.main()
