"""Numbers and sizes as people read them."""

from __future__ import annotations

import gettext
import io
import unittest

from chatapp.languages.numbers import format_number, format_progress, format_size, parse_size, percent
from chatapp.languages.translation import ENGLISH, install, use
from tests.translations.message import Message
from tests.translations.mo_file import compiled


class Numbers(unittest.TestCase):
    def test_separators(self) -> None:
        for value, decimals, text in ((7, 0, "7"), (1234567, 0, "1,234,567"), (1234.56, 1, "1,234.6")):
            with self.subTest(text):
                self.assertEqual(format_number(value, decimals), text)

    def test_sizes(self) -> None:
        for count, text in (
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1500, "1.5 kB"),
            (2 * 10**12, "2.0 TB"),
        ):
            with self.subTest(text):
                self.assertEqual(format_size(count), text)

    def test_sizes_that_are_typed(self) -> None:
        table = {
            "25 MB": 25_000_000, " 1.5gb ": 1_500_000_000, "1,25 GB": 1_250_000_000, "7 kB": 7000,
            "2 TB": 2 * 10**12,
            "25": None, "": None, "MB": None, "-1 MB": None, "1.000 MB": None, "٣ MB": None, "1 MB x": None,
        }  # fmt: skip
        for text, size in table.items():
            with self.subTest(text):
                self.assertEqual(parse_size(text), size)

    def test_a_part_of_a_size(self) -> None:
        for done, total, text in (
            (1_116_000, 1_800_000, "1.1 of 1.8 MB"),
            (80_000, 1_800_000, "80 kB of 1.8 MB"),
            (0, 12, "0 bytes of 12 bytes"),
            (9_000_000, 1_800_000, "1.8 of 1.8 MB"),
        ):
            with self.subTest(text):
                self.assertEqual(format_progress(done, total), text)

    def test_hundredths(self) -> None:
        for done, total, hundredths in ((0, 0, 0), (0, 5, 0), (199, 200, 99), (200, 200, 100), (9, 5, 100)):
            with self.subTest((done, total)):
                self.assertEqual(percent(done, total), hundredths)

    def test_a_language_decides_about_the_separators(self) -> None:
        messages = [
            Message(",", context="between thousands and hundreds", translations=(".",)),
            Message(".", context="before decimals", translations=(",",)),
        ]
        install(gettext.GNUTranslations(io.BytesIO(compiled("de", messages))))
        self.addCleanup(use, ENGLISH)
        self.assertEqual(format_number(1234.5, 1), "1.234,5")
