"""What of the settings "Jump to" offers."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.gui.settings.pages import PAGES
from chatapp.gui.settings.setting_search import Found
from chatapp.gui.settings.setting_targets import setting_targets
from chatapp.gui.widgets.setting_row import SettingText
from tests.gui.settings.settings_case import page

LOOKS = page("Appearance", (SettingText("theme", "Theme", "Colours of the window.", "dark night"),))
KEYS = replace(page("Shortcuts", (SettingText("copy", "Copy"),)), is_list=True)


class SettingTargetsTest(unittest.TestCase):
    def test_pages_and_their_rows_lead_to_their_places(self) -> None:
        opened: list[Found] = []
        targets = list(setting_targets((LOOKS, KEYS), opened.append))
        self.assertEqual(
            [(each.label, each.where) for each in targets],
            [("Appearance", "Settings"), ("Theme", "Settings, Appearance"), ("Shortcuts", "Settings")],
        )
        for target in targets:
            target.run()
        self.assertEqual(
            [(each.page, each.text) for each in opened],
            [(LOOKS, None), (LOOKS, LOOKS.texts[0]), (KEYS, None)],
        )

    def test_explanations_keywords_and_the_page_are_other_words(self) -> None:
        _, row = setting_targets((LOOKS,), print)
        for word in ("night", "Colours", "Appearance"):
            self.assertIn(word, row.words)

    def test_a_row_that_has_a_command_is_left_out(self) -> None:
        stop = SettingText("stop", "Stop the server", has_command=True)
        targets = setting_targets((page("This server", (stop,)),), print)
        self.assertEqual([each.label for each in targets], ["This server"])

    def test_the_rows_of_the_real_pages_are_there(self) -> None:
        labels = [each.label for each in setting_targets(PAGES, print)]
        for label in ("Theme", "Quiet hours", "Password", "Storage", "This server"):
            self.assertIn(label, labels)


if __name__ == "__main__":
    unittest.main()
