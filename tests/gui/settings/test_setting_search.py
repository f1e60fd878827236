"""Finding settings."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.setting_search import find
from chatapp.gui.widgets.setting_row import SettingText
from tests.gui.settings.settings_case import page

PAGES = (
    page("Appearance", (
        SettingText("theme", "Theme", "Colours of the window.", "dark night"),
        SettingText("size", "Text size"),
    )),
    page("Messages", (SettingText("dense", "Compact", "Less space between texts."),)),
)  # fmt: skip


class SettingSearchTest(unittest.TestCase):
    def labels(self, wanted: str) -> list[str]:
        return [found.label for found in find(PAGES, wanted)]

    def test_labels_explanations_keywords_and_pages_are_searched(self) -> None:
        for wanted, labels in (
            ("theme", ["Theme"]),
            ("COLOURS", ["Theme"]),
            ("night", ["Theme"]),
            ("text", ["Text size", "Compact"]),
            ("messages", ["Messages", "Compact"]),
            ("text size", ["Text size"]),
            ("dark theme", ["Theme"]),
            ("thm", []),
            ("", []),
            ("  ", []),
        ):
            with self.subTest(wanted):
                self.assertEqual(self.labels(wanted), labels)

    def test_the_places_of_what_was_found_are_known(self) -> None:
        (found,) = find(PAGES, "size")
        self.assertEqual(found.places, (5, 6, 7, 8))
