"""A later start of the window hands its link over to the first one. Real windows, each in its own process."""

from __future__ import annotations

import os
import subprocess
import sys
import unittest

from chatapp.client.local.first_window import FirstWindow, first_or_hand_over
from tests.live.base import DEADLINE, PYTHON, ROOT, LiveTest

HAS_DISPLAY = not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY"))


@unittest.skipUnless(HAS_DISPLAY, "no display")
class LaterStarts(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ben = self.enter("ben", channel="#extra")  # everybody is in #general
        self.config = self.folder / "config"

    def open(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*PYTHON, str(ROOT / "run_gui.py"), "--config", str(self.config), *arguments], cwd=ROOT
        )
        self.addCleanup(self.kill, process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            process.kill()
        process.wait()

    def wait_for_join(self, channel: str) -> None:
        """Wait until ana has joined a channel."""
        while (join := self.ben.until("JOIN")).nick != "ana" or join.params[0] != channel:
            pass

    def test_the_link_of_a_later_start_is_followed_by_the_first_window(self) -> None:
        self.open("--server", f"127.0.0.1:{self.server.port}", "--name", "ana")
        self.wait_for_join("#general")
        later = self.open(f"ircs://127.0.0.1:{self.server.port}/extra")
        self.assertEqual(0, later.wait(DEADLINE))
        self.wait_for_join("#extra")

    def test_after_a_kill_the_next_start_is_the_first_window(self) -> None:
        first = self.open("--server", f"127.0.0.1:{self.server.port}", "--name", "ana")
        self.wait_for_join("#general")
        self.kill(first)
        self.assertTrue((self.config / "window.port").exists())
        found = first_or_hand_over(self.config, "", DEADLINE)
        assert isinstance(found, FirstWindow)
        found.close()


if __name__ == "__main__":
    unittest.main()
