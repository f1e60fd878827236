"""Whole numbers as people and programs type them."""

from __future__ import annotations

import unittest

from chatapp.protocol.numbers import whole


class Whole(unittest.TestCase):
    def test_only_ascii_digits_are_a_number_and_only_within_its_limits(self) -> None:
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
                self.assertEqual(whole(text, least, most), number)

    def test_without_limits_any_count_will_do(self) -> None:
        self.assertEqual(whole("2147483648"), 2_147_483_648)


if __name__ == "__main__":
    unittest.main()
