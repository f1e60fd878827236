"""What the pages work with."""

from __future__ import annotations

from tests.gui.settings.settings_case import SettingsCase


class PageToolsTest(SettingsCase):
    def test_a_setting_is_changed_once_for_each_new_value(self) -> None:
        tools = self.open("appearance").tools
        tools.set("clock24", False)
        tools.set("clock24", False)
        self.assertFalse(self.settings.clock24)
        self.assertEqual(self.changed, ["clock24"])

    def test_a_page_can_open_another_one(self) -> None:
        self.open("appearance").tools.open("about")
        self.assertEqual(self.window.shown, "about")
