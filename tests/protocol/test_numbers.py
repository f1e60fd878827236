"""Whole numbers that users type and other computers send."""

from __future__ import annotations

import unittest

from chatapp.protocol.numbers import LARGEST, counted, parse_whole


class Whole(unittest.TestCase):
    def test_only_ascii_digits_within_the_limits_are_accepted(self) -> None:
        for text, least, most, number in (
            ("5", 0, 9, 5),
            ("007", 0, 9, 7),
            ("0", 0, 9, 0),
            ("9", 0, 9, 9),
            ("0", 1, 9, None),
            ("10", 1, 9, None),
            ("", 0, 9, None),
            ("-1", -5, 9, None),
            ("+1", 0, 9, None),
            (" 1", 0, 9, None),
            ("1.0", 0, 9, None),
            ("1_0", 0, 99, None),
            ("٣", 0, 9, None),
            ("²", 0, 9, None),
        ):
            with self.subTest(text, least=least, most=most):
                self.assertEqual(parse_whole(text, least, most), number)

    def test_without_limits_any_number_is_accepted(self) -> None:
        self.assertEqual(parse_whole("2147483648"), 2_147_483_648)

    def test_a_number_of_thousands_of_digits_is_none(self) -> None:
        for digits in (20, 4300, 4301, 5000, 100_000):
            with self.subTest(digits):
                self.assertIsNone(parse_whole("9" * digits))

    def test_leading_zeros_are_ignored(self) -> None:
        self.assertEqual(7, parse_whole("0" * 5000 + "7"))
        self.assertEqual(0, parse_whole("0" * 5000))

    def test_the_largest_number_fits_into_a_database_and_a_clock(self) -> None:
        self.assertEqual(LARGEST, parse_whole(str(LARGEST)))
        self.assertIsNone(parse_whole(str(LARGEST + 1)))

    def test_signs_fractions_and_words_are_none(self) -> None:
        for text in ("-1", "+1", "1.5", "1e9", "nan", "inf", "", " 1", "1_0", "٣", "²", "0x10"):
            with self.subTest(text):
                self.assertIsNone(parse_whole(text))


if __name__ == "__main__":
    unittest.main()


class Counted(unittest.TestCase):
    def test_one_thing_has_a_singular(self) -> None:
        for number, text in ((0, "0 bans"), (1, "1 ban"), (2, "2 bans")):
            with self.subTest(number):
                self.assertEqual(counted(number, "ban"), text)

    def test_a_plural_can_be_irregular(self) -> None:
        self.assertEqual(counted(1, "entry", "entries"), "1 entry")
        self.assertEqual(counted(2, "entry", "entries"), "2 entries")
