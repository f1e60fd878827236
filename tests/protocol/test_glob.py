"""Masks with stars and question marks."""

from __future__ import annotations

import fnmatch
import itertools
import re
import unittest

from chatapp.protocol.glob import Glob, glob


class Matching(unittest.TestCase):
    def test_it_agrees_with_trying_every_possibility(self) -> None:
        """Every mask of up to four of these characters, with every text of up to four letters."""
        texts = ["".join(each) for length in range(5) for each in itertools.product("ab", repeat=length)]
        for length in range(5):
            for each in itertools.product("ab*?", repeat=length):
                mask = "".join(each)
                expected = re.compile(fnmatch.translate(mask))
                for text in texts:
                    self.assertIs(Glob(mask).matches(text), expected.match(text) is not None, (mask, text))

    def test_other_characters_are_literal(self) -> None:
        table = [
            ("[a]!*@*", "[a]!b@c", True), ("[a]!*@*", "a!b@c", False), ("a.c", "abc", False),
            ("a\\*", "a\\bc", True), ("(?", "(a", True), ("^?$", "^a$", True), ("?", "\n", True),
            ("*", "", True), ("", "", True), ("", "a", False), ("a?", "a", False),
        ]  # fmt: skip
        for mask, text, fits in table:
            with self.subTest(mask, text=text):
                self.assertIs(glob(mask).matches(text), fits)

    def test_no_mask_takes_long(self) -> None:
        """With a backtracking pattern, each of these would take longer than the age of the universe."""
        text = "a" * 400
        for mask in ("*a" * 200 + "b", "*?a" * 130 + "b", "*a?" * 130 + "*b*", "?*" * 200 + "b"):
            with self.subTest(mask[:10]):
                self.assertFalse(glob(mask).matches(text))
                self.assertTrue(glob(mask).matches(text + "b"))


if __name__ == "__main__":
    unittest.main()
