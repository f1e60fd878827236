"""Which parts of a message are quotations."""

from __future__ import annotations

import unittest

from chatapp.client.text.formatting import Span, spans
from chatapp.client.text.quotations import Part, parts

TABLE = {
    "> said\nanswer": [("> ", "mark"), ("said\n", "words"), ("answer", "plain")],
    "before\n> said": [("before\n", "plain"), ("> ", "mark"), ("said", "words")],
    "> a **b**": [("> ", "mark"), ("a ", "words"), ("b", "words")],
    "> one\n>\n> two": [
        ("> ", "mark"), ("one\n", "words"), (">", "mark"), ("\n", "words"), ("> ", "mark"), ("two", "words"),
    ],
    "> > deep": [("> ", "mark"), ("> deep", "words")],
    "**a\n> b**": [("a\n", "plain"), ("> ", "mark"), ("b", "words")],
    "```\n> in code\n```\n> said": [
        ("> in code", "plain"), ("\n", "plain"), ("> ", "mark"), ("said", "words"),
    ],
}  # fmt: skip
NONE = (
    "a > b", "-> b", ">_< oh", ">said", ">> said", "> ", ">", "a\n>", "a\u2028> b", "`> code`", "`a\n> b`",
    "", "```\na\n> b\n```", "https://a.example/> b",
)  # fmt: skip


class QuotationsTest(unittest.TestCase):
    def test_the_words_of_a_line_after_the_mark_are_quoted(self) -> None:
        for text, expected in TABLE.items():
            with self.subTest(text):
                self.assertEqual(expected, [(part.span.text, part.role) for part in parts(spans(text))])

    def test_nothing_else_is_quoted(self) -> None:
        for text in NONE:
            with self.subTest(text):
                self.assertEqual([Part(span) for span in spans(text)], list(parts(spans(text))))

    def test_words_keep_their_look(self) -> None:
        found = list(parts(spans("> a **b**")))
        self.assertEqual(Part(Span("b", bold=True), "words"), found[-1])

    def test_the_text_of_all_parts_is_the_text(self) -> None:
        text = "a\n> b **c** d\n>\n\n> e `f\n> g`\n```\n> h\n```\n> i"
        expected = "".join(span.text for span in spans(text))
        self.assertEqual(expected, "".join(part.span.text for part in parts(spans(text))))
