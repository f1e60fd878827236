"""Emoji where they would end the program."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.gui import emoji
from tests.gui.base import WindowTest


class SpelledTest(unittest.TestCase):
    def test_an_emoji_becomes_its_name_and_all_else_stays(self) -> None:
        table = {
            "no sign": "no sign",
            "ok 👍!": "ok :thumbs_up_sign:!",
            "👩‍👧": ":woman::girl:",
            "👍🏽": ":thumbs_up_sign:",
            "✓ ─ ▸ é 漢": "✓ ─ ▸ é 漢",
        }
        for text, words in table.items():
            with self.subTest(text):
                self.assertEqual(emoji.spelled(text), words)


class GuardTest(WindowTest):
    def left_out(self, safe: bool) -> tuple[str | None, list[str]]:
        """What fontconfig is told while the window is made, and what was written down for it."""
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.dict(os.environ),
            mock.patch.object(emoji, "can_be_drawn", lambda: safe),
        ):
            os.environ.pop(emoji.VARIABLE, None)
            with emoji.left_out(Path(folder)):
                told = os.environ.get(emoji.VARIABLE)
            self.assertNotIn(emoji.VARIABLE, os.environ)
            return told, os.listdir(folder)

    def test_where_they_are_safe_nothing_is_done(self) -> None:
        self.assertEqual(self.left_out(safe=True), (None, []))

    def test_where_they_are_not_the_window_is_made_without_them(self) -> None:
        told, files = self.left_out(safe=False)
        self.assertEqual((Path(told or "").name, files), ("fonts.conf", ["fonts.conf"]))

    @unittest.skipUnless(sys.platform == "linux", "fontconfig")
    def test_fontconfig_finds_no_font_in_colour_then(self) -> None:
        child = (
            "import sys, tkinter; from pathlib import Path; from chatapp.gui import emoji\n"
            "emoji.can_be_drawn = lambda: sys.argv[1] == 'safe'\n"
            "with emoji.left_out(Path(sys.argv[2])): root = tkinter.Tk()\n"
            "print(root.tk.call('font', 'actual', 'TkDefaultFont', '-family', '\\U0001f44d'))\n"
        )
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", child, "unsafe", folder]
            family = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        self.assertNotIn("color", family.lower())
        self.assertTrue(family.strip())


