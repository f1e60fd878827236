"""The base of the pages."""

from __future__ import annotations

from chatapp.gui.settings.page import PageView
from chatapp.gui.settings.pages import PAGES
from chatapp.gui.theme.icon_shapes import ICONS
from chatapp.gui.widgets.setting_row import SettingText
from tests.gui.settings.settings_case import SettingsCase

TEXTS = (SettingText("typing", "Typing"), SettingText("theme", "Theme"))


class PageTest(SettingsCase):
    def test_every_page_has_an_icon_and_a_row_for_each_text_that_is_found(self) -> None:
        for page in PAGES:
            with self.subTest(page=page.key):
                self.assertIn(page.icon, ICONS)
                if not page.is_offered(self.client.network):
                    continue
                view = self.open(page.key)
                self.assertLessEqual({text.key for text in page.texts}, view.rows.keys())

    def test_controls_follow_the_settings(self) -> None:
        view = PageView(self.root, self.open("about").tools, "Test", TEXTS)
        card = view.section("Section", "2", "Explained.")
        switch, choice = view.add_switch(card, "typing"), view.add_choice(card, "theme", {"dark": "Dark"})
        view.show()
        self.assertEqual((switch.is_on, choice.get()), (True, "Dark"))
        self.settings.typing, self.settings.theme = False, "light"
        view.show()
        self.assertEqual((switch.is_on, choice.get()), (False, ""))

    def test_a_wide_page_keeps_its_controls_near_their_labels(self) -> None:
        view = self.open("appearance", "1200x700")
        self.assertEqual(view.rows["theme"].winfo_width() // 10, (self.theme.px(760) - 4) // 10)
