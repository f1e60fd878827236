"""Server, terminal and window, all started from the one file."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import ClassVar

from chatapp.system import package
from tests.live.base import DEADLINE, PYTHON, ServerProcess
from tests.live.test_later_starts import HAS_DISPLAY
from tests.live.test_terminal import Script, TerminalTest


class ZipFile(TerminalTest):
    file: ClassVar[Path]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.file = Path(folder.name) / "chatapp.pyz"
        package.build(cls.file)

    def start_from_file(self) -> None:
        self.server = ServerProcess(self.folder / "data", program=(str(self.file), "server"))
        self.addCleanup(self.server.stop)

    def test_server_and_terminal_run_from_it(self) -> None:
        self.start_from_file()
        address = f"127.0.0.1:{self.server.port}"
        command = [*PYTHON, str(self.file), "terminal", "--server", address, "--name", "Keshav"]
        keshav = Script(command, self.environment)
        self.addCleanup(keshav.kill)
        keshav.wait_for("Keshav joined the chat!")
        keshav.type("hello")
        keshav.wait_for("Keshav: hello")
        self.assertEqual((0, ""), keshav.end())

    @unittest.skipUnless(HAS_DISPLAY, "no display")
    def test_the_window_runs_from_it(self) -> None:
        self.start_from_file()
        ben = self.enter("ben")
        address = f"127.0.0.1:{self.server.port}"
        options = ["--config", str(self.folder / "config"), "--server", address, "--name", "ana"]
        window = subprocess.Popen([*PYTHON, str(self.file), *options], cwd="/", env=os.environ)
        self.addCleanup(window.wait, DEADLINE)
        self.addCleanup(window.terminate)
        while ben.until("JOIN").nick != "ana":
            pass

    @unittest.skipIf(sys.platform == "win32", "Windows starts it by its ending")
    def test_it_is_a_program_of_its_own(self) -> None:
        done = subprocess.run([self.file, "--help"], capture_output=True, text=True, check=True, timeout=60)
        self.assertIn("The chat window", done.stdout)


if __name__ == "__main__":
    unittest.main()
