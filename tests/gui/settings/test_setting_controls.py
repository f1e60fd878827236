"""Controls of settings."""

from __future__ import annotations

from chatapp.gui.settings.setting_controls import SettingChoice, SettingSwitch
from tests.gui.settings.settings_case import SettingsCase

LABELS = {"dark": "Dark", "light": "Light"}


class SettingControlsTest(SettingsCase):
    def test_a_switch_changes_its_setting(self) -> None:
        switch = SettingSwitch(self.root, self.open("about").tools, "typing")
        switch.follow()
        switch.invoke()
        self.assertFalse(self.settings.typing)
        self.assertEqual(self.changed, ["typing"])

    def test_a_choice_changes_its_setting(self) -> None:
        choice = SettingChoice(self.root, self.open("about").tools, "theme", LABELS)
        choice.follow()
        self.assertEqual(choice.get(), "Dark")
        choice.set("Light")
        self.press(choice, "<<ComboboxSelected>>")
        self.assertEqual(self.settings.theme, "light")

    def test_a_value_that_is_not_in_the_list_shows_nothing(self) -> None:
        self.settings.theme = "purple"
        choice = SettingChoice(self.root, self.open("about").tools, "theme", LABELS)
        choice.follow()
        self.assertEqual(choice.get(), "")
