"""Refusals: what they say, in a form that fits a line."""

from __future__ import annotations

import unittest

from chatapp.protocol import numerics
from chatapp.protocol.numerics import FailError, Numeric, NumericError


class Refusals(unittest.TestCase):
    def test_what_was_typed_is_made_fit_for_a_line_and_words_stay_words(self) -> None:
        table = (
            (NumericError(numerics.ERR_NOSUCHNICK, "a b"), ("a_b",)),
            (NumericError(numerics.ERR_NOSUCHNICK, ""), ("*",)),
            (NumericError(numerics.ERR_NOTREGISTERED), ()),
            (NumericError(numerics.ERR_CANNOTSENDTOCHAN, "#a b", "You may not"), ("#a_b", "You may not")),
            (NumericError(numerics.ERR_NORECIPIENT, "No recipient given"), ("No recipient given",)),
        )
        for refused, about in table:
            with self.subTest(about):
                self.assertEqual(refused.about, about)

    def test_a_failure_has_its_context_between_code_and_words(self) -> None:
        failed = FailError("METADATA", "KEY_INVALID", "No such key", "a b", "")
        self.assertEqual(failed.params, ("METADATA", "KEY_INVALID", "a_b", "*", "No such key"))


class Table(unittest.TestCase):
    def test_every_number_has_three_digits_and_one_name(self) -> None:
        table = {name: value for name, value in vars(numerics).items() if isinstance(value, Numeric)}
        codes = [numeric.code for numeric in table.values()]
        self.assertTrue(all(len(code) == 3 and code.isdecimal() for code in codes))
        self.assertEqual(len(codes), len(set(codes)))


if __name__ == "__main__":
    unittest.main()
