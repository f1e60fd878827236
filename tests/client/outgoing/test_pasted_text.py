"""What is pasted into a composer."""

from __future__ import annotations

import unittest

from chatapp.client.outgoing.pasted_text import MAX_CHARACTERS, MAX_LINE, cleaned, refusal, suits_a_block

FUNCTION = "def f(x):\n    y = x + 1\n\n    return g(y)\n"


class PastedText(unittest.TestCase):
    def test_line_breaks_are_plain_and_the_last_one_is_dropped(self) -> None:
        for pasted, text in {
            "one\r\ntwo\r\n": "one\ntwo",
            "one\rtwo": "one\ntwo",
            "  a\n\tb\n\n": "  a\n\tb\n",
            "a\u2028b": "a\nb",
            "a\0b": "ab",
            "a\ud83db": "ab",
        }.items():
            with self.subTest(pasted):
                self.assertEqual(text, cleaned(pasted))

    def test_a_huge_text_is_refused_with_its_size(self) -> None:
        self.assertEqual("", refusal(("x" * 99 + "\n") * (MAX_CHARACTERS // 100)))
        self.assertEqual(
            "This text has 100,001 characters. At most 100,000 can be pasted here.",
            refusal("x" * (MAX_CHARACTERS + 1)),
        )

    def test_a_line_that_would_make_typing_slow_is_refused(self) -> None:
        self.assertEqual("", refusal("x" * MAX_LINE))
        self.assertEqual(
            "This text has a line of 25,001 characters. At most 25,000 can be pasted here.",
            refusal("a\n" + "x" * (MAX_LINE + 1)),
        )

    def test_lines_of_code_and_very_many_lines_are_offered_as_a_block(self) -> None:
        self.assertTrue(suits_a_block(FUNCTION * 8))
        self.assertTrue(suits_a_block(FUNCTION * 2))
        self.assertFalse(suits_a_block(FUNCTION))
        self.assertTrue(suits_a_block("Dear all, the exam is on Friday.\n" * 21))
        self.assertFalse(suits_a_block("Dear all, the exam is on Friday.\n" * 20))
        self.assertFalse(suits_a_block(f"```\n{FUNCTION * 8}\n```"))
