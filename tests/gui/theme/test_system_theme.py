"""Whether the desktop uses dark colours."""

from __future__ import annotations

import subprocess
import sys
import unittest
from unittest import mock

from chatapp.gui.theme import system_theme


class SystemThemeTest(unittest.TestCase):
    def is_dark(self, platform: str, answer: object) -> bool:
        outcome = {"side_effect": answer} if isinstance(answer, Exception) else {"return_value": answer}
        with (
            mock.patch.object(sys, "platform", platform),
            mock.patch.object(subprocess, "run", **outcome),
        ):
            return system_theme.system_is_dark()

    def output(self, text: str) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess((), 0, text)

    def test_the_desktop_is_asked_on_linux_and_macos(self) -> None:
        for platform, text, dark in (
            ("linux", "'prefer-dark'\n", True),
            ("linux", "'default'\n", False),
            ("darwin", "Dark\n", True),
            ("darwin", "", False),
        ):
            with self.subTest(platform=platform, text=text):
                self.assertIs(self.is_dark(platform, self.output(text)), dark)

    def test_it_is_light_if_the_desktop_cannot_be_asked(self) -> None:
        for trouble in (FileNotFoundError("gsettings"), subprocess.TimeoutExpired("gsettings", 0.5)):
            with self.subTest(trouble=trouble):
                self.assertFalse(self.is_dark("linux", trouble))
        self.assertFalse(self.is_dark("sunos5", self.output("dark")))
