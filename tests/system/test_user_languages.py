"""The languages that the user prefers, on each system."""

from __future__ import annotations

import subprocess
import unittest
from types import ModuleType, SimpleNamespace
from unittest import mock

from chatapp.system.user_languages import preferred_languages


class OfPosix(unittest.TestCase):
    def test_the_list_of_languages_comes_before_the_locale(self) -> None:
        found = preferred_languages({"LANGUAGE": "hi:de_AT", "LANG": "es_ES.UTF-8"})
        self.assertEqual(found, ["hi", "de_AT", "es_ES"])

    def test_the_locale_of_messages_comes_before_the_general_one(self) -> None:
        self.assertEqual(preferred_languages({"LC_MESSAGES": "de_DE.UTF-8@euro", "LANG": "es_ES"}), ["de_DE"])
        self.assertEqual(preferred_languages({"LC_ALL": "hi_IN", "LC_MESSAGES": "de_DE"}), ["hi_IN"])

    def test_the_locale_c_has_no_language_and_hides_the_list(self) -> None:
        with mock.patch("sys.platform", "linux"):
            self.assertEqual(
                preferred_languages({"LANGUAGE": "de", "LC_ALL": "C.UTF-8", "LANG": "es_ES"}), []
            )
            self.assertEqual(preferred_languages({"LANG": "POSIX"}), [])

    def test_without_variables_no_language_is_preferred(self) -> None:
        with mock.patch("sys.platform", "linux"):
            self.assertEqual(preferred_languages({"LANG": ""}), [])


class OfMac(unittest.TestCase):
    def setUp(self) -> None:
        patch = mock.patch("sys.platform", "darwin")
        patch.start()
        self.addCleanup(patch.stop)

    def test_the_system_lists_its_languages(self) -> None:
        answer = subprocess.CompletedProcess([], 0, '(\n    "de-AT",\n    "hi-IN",\n    en\n)\n', "")
        with mock.patch("subprocess.run", return_value=answer):
            self.assertEqual(preferred_languages({}), ["de-AT", "hi-IN", "en"])

    def test_no_answer_means_no_language(self) -> None:
        for error in (FileNotFoundError(), subprocess.TimeoutExpired("defaults", 2)):
            with mock.patch("subprocess.run", side_effect=error):
                self.assertEqual(preferred_languages({}), [])


class OfWindows(unittest.TestCase):
    def test_the_language_of_windows_is_used(self) -> None:
        self.assertEqual(self.preferred(0x0407), ["de_DE"])

    def test_a_language_without_code_means_none(self) -> None:
        self.assertEqual(self.preferred(0), [])

    def preferred(self, number: int) -> list[str]:
        """Return what a Windows whose language has this number prefers."""
        system = ModuleType("ctypes")
        kernel32 = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
        system.windll = SimpleNamespace(kernel32=kernel32)  # type: ignore[attr-defined]
        with (
            mock.patch("sys.platform", "win32"),
            mock.patch.dict("sys.modules", ctypes=system),
        ):
            return preferred_languages({})
