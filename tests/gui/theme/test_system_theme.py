"""Whether the desktop uses dark colours."""

from __future__ import annotations

import subprocess
import sys
import unittest
from unittest import mock

from chatapp.gui.theme import system_theme


class SystemThemeTest(unittest.TestCase):
    def is_dark(self, platform: str, *program: str) -> bool:
        """Return what is found on a platform where this program, in Python, answers."""
        command = (sys.executable, "-c", *program)
        with (
            mock.patch.object(sys, "platform", platform),
            mock.patch.dict(system_theme._COMMANDS, {platform: command} if program else {}),
        ):
            return system_theme.ask_system()()

    def test_the_desktop_is_asked_on_linux_and_macos(self) -> None:
        for platform, text, dark in (
            ("linux", "'prefer-dark'\n", True),
            ("linux", "'default'\n", False),
            ("darwin", "Dark\n", True),
            ("darwin", "", False),
        ):
            with self.subTest(platform=platform, text=text):
                self.assertIs(self.is_dark(platform, f"print({text!r})"), dark)

    def test_it_is_light_if_the_desktop_cannot_be_asked(self) -> None:
        with mock.patch.object(subprocess, "Popen", side_effect=FileNotFoundError("gsettings")):
            self.assertFalse(self.is_dark("linux"))
        self.assertFalse(self.is_dark("sunos5"))

    def test_it_is_light_if_the_answer_does_not_come(self) -> None:
        with mock.patch.object(system_theme, "_TIMEOUT", 0.0):
            self.assertFalse(self.is_dark("linux", "import threading; threading.Event().wait()"))

    def test_an_error_of_the_program_is_no_answer(self) -> None:
        self.assertFalse(self.is_dark("linux", "import sys; sys.exit('no schema for dark or light')"))
