"""Display names are one line of visible text."""

from __future__ import annotations

import unittest

from chatapp.protocol.display_names import MAX_CHARACTERS, InvalidDisplayName, clean


class Clean(unittest.TestCase):
    def test_what_is_left_of_a_text(self) -> None:
        for text, name in (
            ("Anna Smith", "Anna Smith"),
            ("  Anna \t\n Smith  ", "Anna Smith"),
            ("An\u00a0na", "An na"),
            ("A\x02n\x0304n\x1b[1ma", "Ann[1ma"),
            ("\u202eannA\u202c", "annA"),
            ("\u2066Anna\u2069", "Anna"),
            ("An\u200bn\ufeffa", "Anna"),
            ("Jose\u0301", "José"),
            ("Z\u0337\u0338\u0335\u0334\u0336o", "Z\u0337\u0338\u0335o"),
            ("نمی\u200cدانم", "نمی\u200cدانم"),
            ("👩\u200d💻 Ida", "👩\u200d💻 Ida"),
            ("A\u200dnna\u200d", "Anna"),
            ("مريم 李 Δ", "مريم 李 Δ"),
            ("\u3164Anna\u2800", "Anna"),
            ("x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS),
        ):
            with self.subTest(text):
                self.assertEqual(clean(text), name)

    def test_a_name_that_cannot_be_seen_is_refused(self) -> None:
        for text in ("", " ", "\u200b", "\u3164", "\u2800", "\u202e", "\u0301", "\U000e0041", "\x02\x1f"):
            with self.subTest(ascii(text)), self.assertRaisesRegex(InvalidDisplayName, "can be seen"):
                clean(text)

    def test_a_long_name_is_refused(self) -> None:
        with self.assertRaisesRegex(InvalidDisplayName, "at most 64 characters"):
            clean("x" * (MAX_CHARACTERS + 1))
