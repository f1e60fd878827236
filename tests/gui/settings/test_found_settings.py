"""What the search of the settings has found."""

from __future__ import annotations

import gettext
import io

from chatapp.gui.settings.found_settings import FoundSettings
from chatapp.gui.settings.setting_search import Found
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.languages.translation import ENGLISH, install, use
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.settings.settings_case import page
from tests.translations.message import Message
from tests.translations.mo_file import compiled

PAGE = page("Appearance", (SettingText("theme", "Theme", "Colours."),))
FOUND = (Found(PAGE, PAGE.texts[0]), Found(PAGE, None))


class FoundSettingsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[Found] = []
        self.root.columnconfigure(0, weight=1)
        self.root.rowconfigure(1, weight=1)
        self.root.grid_propagate(False)
        self.results = FoundSettings(self.root, self.theme, self.chosen.append)
        self.results.show(FOUND)
        self.until(lambda: self.results.rows.canvas.winfo_width() > 300)

    def test_rows_name_their_page(self) -> None:
        self.results.show(FOUND)
        self.settle()
        texts = drawn_texts(self.results.rows.canvas)
        self.assertIn("Appearance · Colours.", texts)
        self.assertIn("Page of the settings", texts)

    def test_rows_are_in_the_language_that_is_chosen(self) -> None:
        messages = [Message("Colours.", translations=("Farben.",)), Message("Theme", translations=("Thema",))]
        install(gettext.GNUTranslations(io.BytesIO(compiled("de", messages))))
        self.addCleanup(use, ENGLISH)
        self.results.show(FOUND)
        self.settle()
        texts = drawn_texts(self.results.rows.canvas)
        self.assertIn("Thema", texts)
        self.assertIn("Appearance · Farben.", texts)

    def test_the_mark_moves_and_stops_at_the_ends(self) -> None:
        self.results.show(FOUND)
        for step in (1, 5):
            self.results.move(step)
        self.results.choose()
        self.results.move(-5)
        self.results.choose()
        self.assertEqual(self.chosen, [FOUND[1], FOUND[0]])

    def test_a_hidden_list_chooses_nothing(self) -> None:
        self.results.show(FOUND)
        self.results.hide()
        self.results.move(1)
        self.results.choose()
        self.assertEqual(self.chosen, [])
