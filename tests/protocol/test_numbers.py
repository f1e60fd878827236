"""Numbers that another computer sends."""

from __future__ import annotations

import unittest

from chatapp.protocol.numbers import LARGEST, whole


class Whole(unittest.TestCase):
    def test_a_number_of_thousands_of_digits_is_none(self) -> None:
        for digits in (20, 4300, 4301, 5000, 100_000):
            with self.subTest(digits):
                self.assertIsNone(whole("9" * digits))

    def test_leading_zeros_say_nothing(self) -> None:
        self.assertEqual(7, whole("0" * 5000 + "7"))
        self.assertEqual(0, whole("0" * 5000))

    def test_the_largest_number_fits_into_a_database_and_a_clock(self) -> None:
        self.assertEqual(LARGEST, whole(str(LARGEST)))
        self.assertIsNone(whole(str(LARGEST + 1)))

    def test_signs_fractions_and_words_are_none(self) -> None:
        for text in ("-1", "+1", "1.5", "1e9", "nan", "inf", "", " 1", "1_0", "٣", "²", "0x10"):
            with self.subTest(text):
                self.assertIsNone(whole(text))


if __name__ == "__main__":
    unittest.main()
