"""Which language is chosen, and what its texts are."""

from __future__ import annotations

import gettext
import io
import unittest

from chatapp.languages import translation
from chatapp.languages.translation import (
    ENGLISH,
    LANGUAGES,
    N_,
    _,
    choose,
    install,
    load,
    ngettext,
    pgettext,
    use,
)
from tests.translations.message import Message
from tests.translations.mo_file import compiled

SMALL = gettext.GNUTranslations(
    io.BytesIO(
        compiled(
            "de",
            [
                Message("Mute", translations=("Stummschalten",)),
                Message(
                    "{count} message",
                    "{count} messages",
                    translations=("{count} Nachricht", "{count} Nachrichten"),
                ),
                Message("Open", context="a file", translations=("Öffnen",)),
                Message("Open", context="of a chat", translations=("Offen",)),
            ],
        )
    )
)


class TranslationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(use, ENGLISH)

    def test_a_text_without_translation_stays_english(self) -> None:
        install(SMALL)
        self.assertEqual([_("Mute"), _("Unmute"), _("")], ["Stummschalten", "Unmute", ""])

    def test_the_number_decides_about_the_form(self) -> None:
        install(SMALL)
        forms = [ngettext("{count} message", "{count} messages", count) for count in (0, 1, 2)]
        self.assertEqual(forms, ["{count} Nachrichten", "{count} Nachricht", "{count} Nachrichten"])

    def test_the_context_decides_about_the_meaning(self) -> None:
        install(SMALL)
        self.assertEqual(pgettext("a file", "Open"), "Öffnen")
        self.assertEqual(pgettext("of a chat", "Open"), "Offen")
        self.assertEqual(pgettext("of a shop", "Open"), "Open")

    def test_a_marked_text_is_itself(self) -> None:
        install(SMALL)
        self.assertEqual(N_("Mute"), "Mute")

    def test_english_needs_no_catalog(self) -> None:
        install(SMALL)
        use(ENGLISH)
        self.assertEqual(
            [_("Mute"), ngettext("one", "many", 1), ngettext("one", "many", 2)], ["Mute", "one", "many"]
        )

    def test_each_language_has_a_catalog_in_utf_8(self) -> None:
        for code in LANGUAGES:
            with self.subTest(code):
                use(code)
                if code != ENGLISH:
                    self.assertEqual(load(code).info()["language"], code)

    def test_the_choice_of_the_user_comes_first(self) -> None:
        self.assertEqual(choose("hi", ["de_AT"]), "hi")

    def test_without_a_choice_the_first_known_language_of_the_system_is_used(self) -> None:
        self.assertEqual(choose("", ["fr_FR", "de-AT", "es"]), "de")
        self.assertEqual(choose("", ["EN_gb", "de"]), "en")
        self.assertEqual(choose("tlh", ["es_MX"]), "es")

    def test_a_system_without_a_known_language_gets_english(self) -> None:
        self.assertEqual([choose("", []), choose("", ["fr", ""])], [ENGLISH, ENGLISH])

    def test_the_names_of_the_languages_are_in_these_languages(self) -> None:
        self.assertEqual(translation.LANGUAGES["es"], "Español")
