"""Where a text occurs in messages."""

from __future__ import annotations

import unittest

from chatapp.client.text.occurrences import Wanted, any_of, places


class Occurrences(unittest.TestCase):
    def test_letter_case_and_the_kind_of_white_space_do_not_matter(self) -> None:
        for wanted, text, expected in (
            ("timeout", "setTimeout TIMEOUT", 2),
            ("ÄRGER", "ärger", 1),
            ("a b", "A \t b, a b, a\nb", 2),
            (".", "a.b.c", 2),
            ("aa", "aaaa", 2),
            ("x", "", 0),
        ):
            with self.subTest(wanted):
                self.assertEqual(expected, Wanted.of(wanted).count_in(text))

    def test_messages_are_searched_as_they_are_displayed(self) -> None:
        for wanted, text, expected in (
            ("timeout", "a `time`out", 1),
            ("a bold one", "A **bold** one", 1),
            ("bold", "\x02bo\x02ld", 1),
            ("bold", "b\x0304old", 1),
            ("*bold", "a **bold** one", 0),
            ("struck", "a ~~str~~uck", 0),
            ("a struck one", "a ~~struck~~ one", 1),
            ("a * b", "a * b", 1),
            ("4ol", "b\x0304old", 0),
        ):
            with self.subTest(wanted):
                self.assertEqual(expected, Wanted.of(wanted).count_in(text))

    def test_whole_words_have_no_letters_around_them(self) -> None:
        for wanted, text, expected in (
            ("out", "timeout out outer OUT.", 2),
            ("f(x)", "f(x) of(x) f(x)y", 2),
            ("#lab", "x#lab #labs", 1),
            ("code", "a `code`s", 0),
        ):
            with self.subTest(wanted):
                self.assertEqual(expected, Wanted.of(wanted, whole_words=True).count_in(text))

    def test_several_words_are_found_each(self) -> None:
        self.assertEqual([(0, 7), (8, 12)], places(any_of(["time", "timeout"]), "timeout Time"))
        self.assertEqual([], places(any_of([]), "anything"))
