"""The page "Language"."""

from __future__ import annotations

from unittest import mock

from chatapp.gui.settings import language_page
from chatapp.gui.settings.language_page import LanguagePage
from chatapp.languages.translation import LANGUAGES
from tests.gui.settings.settings_case import SettingsCase


class LanguagePageTest(SettingsCase):
    def setUp(self) -> None:
        super().setUp()
        of_system = mock.patch.object(language_page, "preferred_languages", return_value=["de_AT"])
        of_system.start()
        self.addCleanup(of_system.stop)
        view = self.open("language")
        assert isinstance(view, LanguagePage)
        self.page = view

    def test_the_language_of_the_system_is_named(self) -> None:
        self.assertEqual(self.page.language.get(), "Same as system (Deutsch)")

    def test_every_language_can_be_chosen_by_its_own_name(self) -> None:
        for code, name in LANGUAGES.items():
            with self.subTest(code):
                self.page.language.set(name)
                self.press(self.page.language, "<<ComboboxSelected>>")
                self.assertEqual(self.settings.language, code)
