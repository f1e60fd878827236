"""The first window, and the limit of libXft."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.gui.theme import emoji, root_window
from chatapp.gui.theme.root_window import MEMORY, XENVIRONMENT
from tests.gui.base import WindowTest


@unittest.skipUnless(sys.platform == "linux", "X11")
class LimitTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(mock.patch.dict(os.environ))
        self.enterContext(mock.patch.object(emoji, "can_be_drawn", lambda: True))
        os.environ.pop(XENVIRONMENT, None)

    def resources(self) -> str | None:
        """Return the text of the file that Xlib reads for a window created now."""
        with root_window._room_for_emoji(self.folder):
            file = os.environ.get(XENVIRONMENT)
            return Path(file).read_text(encoding="utf-8") if file else None

    def test_the_limit_is_raised_only_for_this_window(self) -> None:
        self.assertIn(f"Xft.maxglyphmemory: {MEMORY}\n", self.resources() or "")
        self.assertNotIn(XENVIRONMENT, os.environ)

    def test_the_resources_of_the_user_come_later_so_they_win(self) -> None:
        os.environ[XENVIRONMENT] = "/home/ana/resources"
        text = self.resources() or ""
        self.assertEqual(text.splitlines()[-1], '#include "/home/ana/resources"')
        self.assertEqual(os.environ[XENVIRONMENT], "/home/ana/resources")

    def test_without_emoji_in_colour_the_limit_stays(self) -> None:
        with mock.patch.object(emoji, "can_be_drawn", lambda: False):
            self.assertIsNone(self.resources())
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_folder_that_cannot_be_written_is_no_obstacle(self) -> None:
        self.folder /= "file"
        self.folder.write_text("", encoding="utf-8")
        with self.assertLogs(root_window.log, "WARNING"):
            self.assertIsNone(self.resources())

    def test_a_file_that_another_window_may_be_reading_is_not_written_again(self) -> None:
        self.resources()
        before = (self.folder / "x-resources").stat().st_mtime_ns
        os.utime(self.folder / "x-resources", ns=(before, before - 10**9))
        self.resources()
        self.assertEqual((self.folder / "x-resources").stat().st_mtime_ns, before - 10**9)


class RootTest(WindowTest):
    """With a process of its own, as only the first window of one counts."""

    def test_the_first_window_is_created(self) -> None:
        child = (
            "import sys; from pathlib import Path; from chatapp.gui.theme.root_window import create_root\n"
            "print(create_root(Path(sys.argv[1])).winfo_class())\n"
        )
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", child, folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        self.assertEqual(done.stdout.strip(), "Chatapp")
