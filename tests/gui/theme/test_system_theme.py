"""Following the desktop: an answer, or light, and never a failure."""

from __future__ import annotations

import subprocess
import sys
import unittest
from unittest import mock

from chatapp.gui.theme import system_theme


class AppearanceTest(unittest.TestCase):
    def asked(self, platform: str, answer: object) -> bool:
        outcome = {"side_effect": answer} if isinstance(answer, Exception) else {"return_value": answer}
        with (
            mock.patch.object(sys, "platform", platform),
            mock.patch.object(subprocess, "run", **outcome),
        ):
            return system_theme.system_is_dark()

    def said(self, words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess((), 0, words)

    def test_the_desktop_is_asked_on_linux_and_macos(self) -> None:
        for platform, words, dark in (
            ("linux", "'prefer-dark'\n", True),
            ("linux", "'default'\n", False),
            ("darwin", "Dark\n", True),
            ("darwin", "", False),
        ):
            with self.subTest(platform=platform, words=words):
                self.assertIs(self.asked(platform, self.said(words)), dark)

    def test_it_is_light_when_the_desktop_cannot_be_asked(self) -> None:
        for trouble in (FileNotFoundError("gsettings"), subprocess.TimeoutExpired("gsettings", 0.5)):
            with self.subTest(trouble=trouble):
                self.assertFalse(self.asked("linux", trouble))
        self.assertFalse(self.asked("sunos5", self.said("dark")))
