"""The settings dialog."""

from __future__ import annotations

import unittest

from chatapp.client.local.settings import Settings
from chatapp.gui.dialogs.settings_window import OPTIONS, THEME_LABELS, SettingsWindow
from chatapp.gui.theme.palette import PALETTES
from chatapp.gui.theme.theme import MAX_SIZE, MIN_SIZE
from tests.gui.base import WindowTest


class SettingsWindowTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.settings = Settings(theme="dark")
        self.changed: list[str] = []
        self.window = SettingsWindow(
            self.root,
            self.theme,
            self.settings,
            on_change=self.change,
            on_switch_server=lambda: self.changed.append("other"),
            on_shortcuts=lambda: self.changed.append("shortcuts"),
        )
        self.settle()

    def change(self, name: str) -> None:
        self.changed.append(name)
        if name == "font_size":
            self.theme.zoom(self.settings.font_size)

    def test_every_theme_can_be_chosen(self) -> None:
        self.assertEqual(set(THEME_LABELS), {"system", *PALETTES})
        self.assertEqual(self.window.theme_box.get(), "Dark")
        for name, text in THEME_LABELS.items():
            with self.subTest(theme=name):
                self.window.theme_box.set(text)
                self.press(self.window.theme_box, "<<ComboboxSelected>>")
                self.assertEqual((self.settings.theme, self.changed[-1]), (name, "theme"))

    def test_the_text_grows_and_shrinks_within_limits(self) -> None:
        self.window.larger.invoke()
        self.assertEqual(self.settings.font_size, 12)
        for button, limit in ((self.window.larger, MAX_SIZE), (self.window.smaller, MIN_SIZE)):
            for _ in range(20):
                button.invoke()
            self.assertEqual(self.settings.font_size, limit)
            self.assertTrue(button.instate(["disabled"]))

    def test_options_are_switched_by_their_boxes(self) -> None:
        for option in OPTIONS:
            with self.subTest(option=option.name):
                before = getattr(self.settings, option.name)
                self.window.options[option.name].invoke()
                self.assertEqual(getattr(self.settings, option.name), not before)
                self.assertEqual(self.changed[-1], option.name)

    def test_a_button_closes_the_settings(self) -> None:
        self.window.close_button.invoke()
        self.assertFalse(self.window.winfo_exists())

    def test_another_server_closes_the_settings(self) -> None:
        self.window.switch_server.invoke()
        self.assertEqual(self.changed, ["other"])
        self.assertFalse(self.window.winfo_exists())


if __name__ == "__main__":
    unittest.main()
