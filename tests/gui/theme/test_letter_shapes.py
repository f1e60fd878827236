"""The initials of names, and the letters that can be drawn."""

from __future__ import annotations

import string
import unittest

from chatapp.gui.theme.letter_shapes import GLYPHS, PARTS, badge, initials
from chatapp.gui.theme.shapes import coverage


class InitialsTest(unittest.TestCase):
    def test_initials_are_those_of_the_first_two_words_without_accents(self) -> None:
        for name, letters in (
            ("Chen Li", "CL"),
            ("ana", "A"),
            ("tom_h", "TH"),
            ("jean-paul sartre", "JP"),
            ("Ben van der Berg", "BV"),
            ("Émile Łódź", "EL"),
            ("Ørsted", "O"),
            ("ß", "S"),
            ("Room 12", "R1"),
            ("(Ada) [Lovelace]", "AL"),
            ("Ａｄａ", "A"),
            ("李雷", ""),
            ("Ольга", ""),
            ("😀 Dee", "D"),
            ("", ""),
            ("   ", ""),
            ("\ud800", ""),
        ):
            with self.subTest(name):
                self.assertEqual(initials(name), letters)

    def test_the_text_of_a_badge_stays_inside_its_disc(self) -> None:
        for text in (*string.digits, "9+"):
            with self.subTest(text):
                disc, written = (coverage(shape, 64, 64) for shape in badge(text, 32, 32, 24))
                self.assertTrue(any(map(any, written)))
                pairs = [pair for rows in zip(disc, written, strict=True) for pair in zip(*rows, strict=True)]
                self.assertFalse([pair for pair in pairs if pair[1] and pair[0] < 255])

    def test_a_name_of_any_length_is_quick_to_read(self) -> None:
        self.assertEqual(initials("a" * 1_000_000), "A")

    def test_every_letter_and_digit_can_be_drawn_within_its_picture(self) -> None:
        self.assertLessEqual({*string.ascii_uppercase, *string.digits}, GLYPHS.keys())
        for name, shape in PARTS.items():
            if name.startswith(("thick", "thin", "pair")):
                rows = coverage(shape, 16, 16)
                with self.subTest(name):
                    self.assertGreater(sum(map(sum, rows)), 255 * 4)
                    edge = [*rows[0], *rows[-1], *(row[0] for row in rows), *(row[-1] for row in rows)]
                    self.assertEqual(set(edge), {0})
