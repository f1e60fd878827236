"""The page "Appearance"."""

from __future__ import annotations

from chatapp.gui.settings.appearance_page import THEME_LABELS, AppearancePage
from chatapp.gui.theme.palette import PALETTES
from chatapp.gui.theme.theme import MAX_SIZE, MIN_SIZE
from tests.gui.settings.settings_case import SettingsCase


class AppearancePageTest(SettingsCase):
    def setUp(self) -> None:
        super().setUp()
        view = self.open("appearance")
        assert isinstance(view, AppearancePage)
        self.page = view

    def test_every_theme_can_be_chosen(self) -> None:
        self.assertEqual(set(THEME_LABELS), {"system", *PALETTES})
        self.assertEqual(self.page.theme_box.get(), "Dark")
        for name, text in THEME_LABELS.items():
            with self.subTest(theme=name):
                self.page.theme_box.set(text)
                self.press(self.page.theme_box, "<<ComboboxSelected>>")
                self.assertEqual(self.settings.theme, name)

    def test_the_text_grows_and_shrinks_within_limits(self) -> None:
        size = self.page.text_size
        for button, limit in ((size.larger, MAX_SIZE), (size.smaller, MIN_SIZE)):
            for _ in range(20):
                button.invoke()
                self.theme.zoom(self.settings.font_size)
            self.assertEqual(self.settings.font_size, limit)
            self.assertTrue(button.instate(["disabled"]))
