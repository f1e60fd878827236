"""Texts and their formatted spans."""

from __future__ import annotations

import unittest

from chatapp.client.text.formatting import Span, displayed, plain, spans

MARKS = {
    "**bold**": [Span("bold", bold=True)],
    "*italic*": [Span("italic", italic=True)],
    "`code *with* **marks**`": [Span("code *with* **marks**", "code")],
    "``a ` b``": [Span("a ` b", "code")],
    "a **b *c* d** e": [
        Span("a "),
        Span("b ", bold=True),
        Span("c", bold=True, italic=True),
        Span(" d", bold=True),
        Span(" e"),
    ],
    "```\nx = 1\ny = 2\n```": [Span("x = 1\ny = 2", "block")],
    "```python\nx = 1\n```": [Span("x = 1", "block", language="python")],
    "~~gone~~ and ~~**b**~~": [
        Span("gone", strike=True),
        Span(" and "),
        Span("b", bold=True, strike=True),
    ],
    "~~~fence~~~ ~~ a ~~ a~~b~~c ~x~ ~~open": [Span("~~~fence~~~ ~~ a ~~ a~~b~~c ~x~ ~~open")],
    "`~~x~~`": [Span("~~x~~", "code")],
    "2*3*4": [Span("2*3*4")],
    "2 * 3 * 4": [Span("2 * 3 * 4")],
    "** not bold **": [Span("** not bold **")],
    "a*": [Span("a*")],
    "**open": [Span("**open")],
    "`open": [Span("`open")],
    "snake_case_name": [Span("snake_case_name")],
    "": [],
}

CODES = {
    "\x02bold\x02 not": [Span("bold", bold=True), Span(" not")],
    "\x1ditalic\x0f not": [Span("italic", italic=True), Span(" not")],
    "\x1funder\x1f\x1estruck\x1e": [Span("under", underline=True), Span("struck", strike=True)],
    "\x0304red\x03 not": [Span("red", colour=4), Span(" not")],
    "\x034,12both\x035 one": [Span("both", colour=4, back=12), Span(" one", colour=5, back=12)],
    "\x03041": [Span("1", colour=4)],
    "\x0399,99usual": [Span("usual")],
    "\x03,4": [Span(",4")],
    "\x04ff8800orange\x04": [Span("orange", colour="#ff8800")],
    "\x11mono\x11": [Span("mono", "code")],
    "\x16turned": [Span("turned", reverse=True)],
    "\x02a \x02https://example.org": [Span("a ", bold=True), Span("https://example.org", "link")],
    "a\x00\x07\u202eb\ud800c": [Span("abc")],
    "a\x80\x9bb\x7f": [Span("ab")],
}


class Texts(unittest.TestCase):
    def test_markup_becomes_formatting_and_is_not_shown(self) -> None:
        for text, expected in MARKS.items():
            with self.subTest(text):
                self.assertEqual(expected, spans(text))

    def test_the_displayed_text_has_neither_marks_nor_codes(self) -> None:
        for text in ("a **b** `c` *d*", "a ~~b~~ c d", "a \x02b\x02 c d", "a b c d", "a \x0304b\x03 c\x00 d"):
            with self.subTest(text):
                self.assertEqual("a b c d", displayed(text))

    def test_control_codes_become_formatting_and_other_control_characters_are_removed(self) -> None:
        for text, expected in CODES.items():
            with self.subTest(ascii(text)):
                self.assertEqual(expected, spans(text))

    def test_a_plain_text_has_no_codes_but_its_markup(self) -> None:
        self.assertEqual("red and **bold**", plain("\x0304red\x03 and \x02**bold**"))

    def test_a_mention_is_a_separate_span(self) -> None:
        expected = [Span("hi "), Span("@Ana", "mention"), Span("!")]
        self.assertEqual(expected, spans("hi @Ana!", "ana"))
