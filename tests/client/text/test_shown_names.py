"""Messages with the display names of the people whom they mention."""

from __future__ import annotations

import unittest

from chatapp.client.text.formatting import Span, spans
from chatapp.client.text.shown_names import (
    LONGEST_LINE,
    displayed_with_names,
    one_line,
    with_breaks,
    with_names,
)

NAMES = {"ben": "Ben Okafor", "ben_2": "Benedikt", "小明": "Wang Xiaoming", "dee": "dee", "a[b]": "Al B."}


def name_of(nick: str) -> str:
    return NAMES.get(nick.casefold(), "")


class Names(unittest.TestCase):
    def test_a_nick_after_an_at_sign_becomes_the_display_name(self) -> None:
        for text, expected in (
            ("@ben hi", "@Ben Okafor hi"),
            ("hi @BEN!", "hi @Ben Okafor!"),
            ("(@ben, @dee)", "(@Ben Okafor, @dee)"),
            ("@ben_2 @ben", "@Benedikt @Ben Okafor"),
            ("@a[b]: yes", "@Al B.: yes"),
            ("@小明你好", "@Wang Xiaoming你好"),
            ("**@ben** said", "@Ben Okafor said"),
        ):
            with self.subTest(text):
                self.assertEqual(expected, displayed_with_names(text, name_of))

    def test_other_text_stays_as_it_is(self) -> None:
        for text in (
            "ben hi", "@bent", "@ben-x", "@ben_", "me@ben", "@", "@@", "@ben@a.example", "@nobody",
            "https://a.example/@ben", "a@b.example",
        ):  # fmt: skip
            with self.subTest(text):
                self.assertEqual(text, displayed_with_names(text, name_of))
        for code in ("`@ben`", "```@ben```"):
            self.assertEqual("@ben", displayed_with_names(code, name_of))

    def test_a_mention_is_a_span_that_knows_the_nick_and_keeps_its_look(self) -> None:
        expected = [Span("hi "), Span("@Ben Okafor", "person", nick="Ben"), Span("!")]
        self.assertEqual(expected, with_names(spans("hi @Ben!"), name_of))
        bold = Span("@Ben Okafor", "person", bold=True, nick="ben")
        self.assertEqual([bold], with_names(spans("**@ben**"), name_of))

    def test_a_mention_of_us_has_our_display_name_too(self) -> None:
        shown = with_names(spans("@ben_o: hi", "ben_o"), {"ben_o": "Ben Okafor"}.__getitem__)
        self.assertEqual([Span("@Ben Okafor", "mention"), Span(": hi")], shown)
        self.assertEqual([Span("@ben", "mention")], with_names(spans("@ben", "ben"), lambda nick: ""))

    def test_a_text_without_mentions_is_not_copied(self) -> None:
        found = spans("**plain** text")
        self.assertIs(found, with_names(found, name_of))


class Lines(unittest.TestCase):
    def test_code_begins_and_ends_a_line(self) -> None:
        for text, expected in (
            ("hangs:```x```why", "hangs:\nx\nwhy"),
            ("hangs:\n```x```\nwhy", "hangs:\nx\nwhy"),
            ("```x```", "x"),
            ("a `b` c", "a b c"),
        ):
            with self.subTest(text):
                self.assertEqual(expected, "".join(span.text for span in with_breaks(spans(text))))

    def test_one_line_has_single_spaces(self) -> None:
        self.assertEqual("a bold word", one_line("a  **bold**\nword", name_of))
        self.assertEqual(
            "it hangs: import x ok @Ben Okafor", one_line("it  hangs:```import x```ok @ben", name_of)
        )

    def test_only_the_beginning_of_a_long_text_is_in_the_line(self) -> None:
        self.assertEqual("x" * LONGEST_LINE, one_line("x" * 100_000, name_of))
