"""Typed filters: which words of a text are filters, and which days are meant."""

from __future__ import annotations

import unittest
from datetime import date

from chatapp.client.model.search import SearchQuery
from chatapp.client.model.search_filters import parse, parse_day
from chatapp.languages import translation

TODAY = date(2026, 3, 12)  # a Thursday


class Days(unittest.TestCase):
    def test_a_day_may_be_written_in_many_ways(self) -> None:
        for text, expected in {
            "2026-03-09": date(2026, 3, 9),
            "today": TODAY,
            "Yesterday": date(2026, 3, 11),
            "monday": date(2026, 3, 9),
            "thursday": TODAY,
            "fri": date(2026, 3, 6),
            "1 March": date(2026, 3, 1),
            "1. march": date(2026, 3, 1),
            "March 1": date(2026, 3, 1),
            "5 Dec": date(2025, 12, 5),
            "13 march": date(2025, 3, 13),
            "29 february": date(2024, 2, 29),
            "1 march 2020": date(2020, 3, 1),
        }.items():
            with self.subTest(text):
                self.assertEqual(expected, parse_day(text, TODAY))

    def test_days_are_understood_in_the_chosen_language_and_in_english(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        for language, texts in {
            "de": ("1. März", "1 March", "1 März 2026", "1. mär"),
            "es": ("1 de marzo", "1 marzo", "1 march", "1 de marzo 2026"),
            "hi": ("1 मार्च", "1 march"),
        }.items():
            translation.use(language)
            for text in texts:
                with self.subTest(text):
                    self.assertEqual(date(2026, 3, 1), parse_day(text, TODAY))
        for language, text, expected in (
            ("de", "gestern", date(2026, 3, 11)), ("de", "Heute", TODAY), ("de", "mon", date(2026, 3, 9)),
            ("de", "montag", date(2026, 3, 9)), ("de", "yesterday", date(2026, 3, 11)),
            ("es", "lunes", date(2026, 3, 9)), ("hi", "सोमवार", date(2026, 3, 9)),
        ):  # fmt: skip
            with self.subTest(text):
                translation.use(language)
                self.assertEqual(expected, parse_day(text, TODAY))

    def test_what_is_no_day_is_refused_with_a_sentence(self) -> None:
        for text in ("soon", "31 february", "1 foo", "2026-13-01", "ma", "t", "99", "ju 3"):
            with self.subTest(text), self.assertRaises(ValueError) as raised:
                parse_day(text, TODAY)
            self.assertEqual(
                f"“{text}” is not a day. Write it like 2026-03-12, yesterday, monday or 1 March.",
                str(raised.exception),
            )


class Filters(unittest.TestCase):
    def test_each_filter_sets_its_field(self) -> None:
        for text, expected in {
            "in:#general": SearchQuery(conversation="#general"),
            "from:@Ben": SearchQuery(nick="Ben"),
            "after:yesterday": SearchQuery(after=date(2026, 3, 11)),
            "before:2026-03-01": SearchQuery(before=date(2026, 3, 1)),
            'after:"1 March 2025"': SearchQuery(after=date(2025, 3, 1)),
            "after:1 March": SearchQuery(after=date(2026, 3, 1)),
            "after:1 March 2025": SearchQuery(after=date(2025, 3, 1)),
            "has:link": SearchQuery(has=frozenset({"link"})),
            "HAS:Files": SearchQuery(has=frozenset({"file"})),
        }.items():
            with self.subTest(text):
                found = parse(text, TODAY, SearchQuery())
                self.assertEqual((expected, "", ""), (found.query, found.rest, found.problem))

    def test_the_other_words_are_the_text(self) -> None:
        found = parse("my timeout in:#lab of from:ben 15 s", TODAY, SearchQuery())
        self.assertEqual(SearchQuery("my timeout of 15 s", "#lab", "ben"), found.query)
        self.assertEqual("my timeout of 15 s", found.rest)

    def test_filters_that_are_set_already_stay(self) -> None:
        found = parse("x from:ben", TODAY, SearchQuery("old", "#lab", has=frozenset({"link"})))
        self.assertEqual(SearchQuery("x", "#lab", "ben", has=frozenset({"link"})), found.query)

    def test_text_with_a_colon_is_no_filter(self) -> None:
        for text in ("error: inside", "https://a.example", "begin:x", "note: has"):
            with self.subTest(text):
                self.assertEqual(text, parse(text, TODAY, SearchQuery()).query.text)

    def test_a_wrong_filter_stays_in_the_field_and_is_explained(self) -> None:
        for text, problem in {
            "after:soon": "“soon” is not a day. Write it like 2026-03-12, yesterday, monday or 1 March.",
            "has:cat": "“has:cat” is not known. Write has:file or has:link.",
            "from:": "“from:” needs a value.",
            "from:@": "“from:” needs a value.",
            'in:""': "“in:” needs a value.",
        }.items():
            with self.subTest(text):
                found = parse(f"a {text}", TODAY, SearchQuery())
                self.assertEqual(("a", f"a {text}", problem), (found.query.text, found.rest, found.problem))

    def test_while_typing_a_filter_counts_only_before_a_space(self) -> None:
        for text, nick, words in (("from:be", "", ""), ("from:ben ", "ben", ""), ("from:ben x", "ben", "x")):
            with self.subTest(text):
                found = parse(text, TODAY, SearchQuery(), is_complete=False)
                self.assertEqual((nick, words, ""), (found.query.nick, found.query.text, found.problem))

    def test_while_typing_a_number_may_still_become_a_day_of_a_month(self) -> None:
        self.assertEqual(None, parse("after:1 ", TODAY, SearchQuery(), is_complete=False).query.after)
        found = parse("after:1 March ", TODAY, SearchQuery(), is_complete=False)
        self.assertEqual(date(2026, 3, 1), found.query.after)
