"""Errors as replies: their text fits a line."""

from __future__ import annotations

import unittest

from chatapp.protocol import numerics
from chatapp.protocol.numerics import FailError, Numeric, NumericError


class Errors(unittest.TestCase):
    def test_a_typed_parameter_is_made_valid_and_words_are_preserved(self) -> None:
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

    def test_the_context_of_a_fail_comes_between_code_and_text(self) -> None:
        failed = FailError("METADATA", "KEY_INVALID", "No such key", "a b", "")
        self.assertEqual(failed.params, ("METADATA", "KEY_INVALID", "a_b", "*", "No such key"))


class Table(unittest.TestCase):
    def test_every_numeric_has_three_digits_and_one_name(self) -> None:
        table = {name: value for name, value in vars(numerics).items() if isinstance(value, Numeric)}
        codes = [numeric.code for numeric in table.values()]
        self.assertTrue(all(len(code) == 3 and code.isdecimal() for code in codes))
        self.assertEqual(len(codes), len(set(codes)))


if __name__ == "__main__":
    unittest.main()
