"""The list of all pages."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.pages import PAGES


class PagesTest(unittest.TestCase):
    def test_keys_of_pages_and_of_rows_are_unique(self) -> None:
        self.assertEqual(len({page.key for page in PAGES}), len(PAGES))
        for page in PAGES:
            with self.subTest(page.key):
                self.assertEqual(len({text.key for text in page.texts}), len(page.texts))

    def test_about_is_the_last_one(self) -> None:
        self.assertEqual(PAGES[-1].key, "about")
