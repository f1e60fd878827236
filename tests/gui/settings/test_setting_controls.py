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

    def test_where_it_is_narrow_a_label_ends_with_an_ellipsis_and_still_works(self) -> None:
        labels = {"dark": "Dark, for the evening", "light": "Light, for the day"}
        choice = SettingChoice(self.root, self.open("about").tools, "theme", labels)
        choice.place(width=self.theme.px(110))
        choice.follow()
        self.settle()
        self.assertTrue(choice.get().startswith("Dark") and choice.get().endswith("…"))
        choice.current(1)
        self.press(choice, "<<ComboboxSelected>>")
        self.assertEqual(self.settings.theme, "light")
        choice.place(width=self.theme.px(400))
        self.settle()
        self.assertEqual("Light, for the day", choice.get())

    def test_a_value_that_is_not_in_the_list_shows_nothing(self) -> None:
        self.settings.theme = "purple"
        choice = SettingChoice(self.root, self.open("about").tools, "theme", LABELS)
        choice.follow()
        self.assertEqual(choice.get(), "")
