"""Nicks, channels, masks and sources as tables."""

from __future__ import annotations

import time
import unittest

from chatapp.protocol import names
from chatapp.protocol.names import Source


class Nicks(unittest.TestCase):
    def test_letters_of_any_script_and_a_few_signs_are_allowed(self) -> None:
        for nick in (
            "ann",
            "Ann_2",
            "a-b",
            "[w]\\`^{}|",
            "Øyvind",
            "Ольга",
            "太郎",
            "नमिता",
            "émile",
            "a" * 32,
        ):
            with self.subTest(nick):
                self.assertTrue(names.is_nick(nick))

    def test_invalid_nicks(self) -> None:
        for nick in (
            *("", "a" * 33, "1st", "-x", "a b", "a,b", "a!b", "a@b", "a.b", "a:b", "#a", "~a", "@a", "+a"),
            *("a\x00", "a\x07", "a\u200b", "a\u202eb", "\u0301a", "👍", "a👍", "a\u00a0b"),
            *(
                "аna",
                "anα",
                "ａｎｎ",
            ),  # Cyrillic and Greek letters among Latin ones; ann in other letter forms
        ):
            with self.subTest(nick):
                self.assertFalse(names.is_nick(nick))

    def test_the_reason_is_a_plain_sentence(self) -> None:
        for name, expected in (
            ("a b", "A name cannot contain spaces. It may have letters, digits and - _ [ ]"),
            (" ", "A name cannot contain spaces."),
            ("a@b", "A name cannot contain “@”. It may have letters, digits and - _ [ ]"),
            ("a👍", "A name cannot contain “👍”."),
            ("a\x07", "A name cannot contain the character U+0007."),
            ("7up", "A name cannot begin with “7”. Begin with a letter."),
            ("_é", "A name cannot begin with “_”. Begin with a letter."),
            ("a" * 33, "A name can have at most 32 characters; this one has 33."),
            ("", "A name must have at least one letter."),
            ("аna", "A name can have letters of one alphabet only"),
            ("ａna", "“ａ” looks like “a” but is another character. Type “a”."),
        ):
            with self.subTest(name):
                self.assertIn(expected, names.why_no_nick(name))
        self.assertEqual(names.why_no_nick("小明"), "")


class Channels(unittest.TestCase):
    def test_valid_channel_names(self) -> None:
        for name in ("#c", "#Café", "#c++", "#日本語", "#a.b", "#👍", "#" + "x" * 63):
            with self.subTest(name):
                self.assertTrue(names.is_channel(name))

    def test_invalid_channel_names(self) -> None:
        for name in (
            "",
            "#",
            "c",
            "&c",
            "#a b",
            "#a,b",
            "#a\x07",
            "#a:b",
            "#a\u200b",
            "#a\u202e",
            "#" + "x" * 64,
        ):
            with self.subTest(name):
                self.assertFalse(names.is_channel(name))

    def test_the_reason_why_a_name_is_not_a_channel_is_a_plain_sentence(self) -> None:
        for name, reason in (
            ("#general", ""),
            ("#two words", "has no spaces. You can write #two-words."),
            ("#a,b", "cannot contain “,”"),
            ("#a\x07", "cannot contain control characters"),
            ("#" + "x" * 64, "at most 64 characters; this one has 65"),
            ("#a\u200bb", "invisible characters"),
        ):
            with self.subTest(name):
                found = names.why_no_channel(name)
                self.assertIn(reason, found)
                self.assertEqual(bool(found), bool(reason))


class Folding(unittest.TestCase):
    def test_equal_names(self) -> None:
        """CASEMAPPING=ascii in ASCII: brackets and braces are different letters."""
        cases = {
            ("Ann", "aNN"): True, ("ÅSA", "åsa"): True, ("Å", "A\u030a"): True, ("STRASSE", "straße"): True,
            ("[a]", "{a}"): False, ("a\\", "a|"): False, ("ann", "anne"): False,
        }  # fmt: skip
        for (one, other), same in cases.items():
            with self.subTest(one=one, other=other):
                self.assertIs(names.fold(one) == names.fold(other), same)


class Masks(unittest.TestCase):
    def test_incomplete_masks_are_completed(self) -> None:
        cases = {
            "ben": "ben!*@*", "ben!": "ben!*@*", "b@h": "*!b@h", "a.example": "*!*@a.example",
            "n!u@h": "n!u@h", "n!u": "n!u@*", "@h": "*!*@h", "": "*!*@*", "2001:db8::1": "*!*@2001:db8::1",
        }  # fmt: skip
        for typed, whole in cases.items():
            with self.subTest(typed):
                self.assertEqual(names.full_mask(typed), whole)

    def test_stars_and_question_marks_match(self) -> None:
        cases = {
            ("*!*@*", "a!b@c"): True, ("A*!?@c", "anna!b@C"): True, ("a?!*@*", "a!b@c"): False,
            ("[x]!*@*", "[x]!u@h"): True, ("[x]!*@*", "x!u@h"): False, ("a!b@c", "a!b@cc"): False,
        }  # fmt: skip
        for (mask, text), fits in cases.items():
            with self.subTest(mask=mask, text=text):
                self.assertIs(names.matches(mask, text), fits)

    def test_many_stars_take_little_time(self) -> None:
        began = time.perf_counter()
        self.assertFalse(names.matches("*a" * 60 + "!*@*", "a" * 200 + "b@c"))
        self.assertLess(time.perf_counter() - began, 1.0)


class Sources(unittest.TestCase):
    def test_a_source_is_split_and_joined(self) -> None:
        cases = {
            "n!u@h": Source("n", "u", "h"), "irc.example": Source("irc.example"), "n!u": Source("n", "u"),
        }  # fmt: skip
        for text, parts in cases.items():
            with self.subTest(text):
                self.assertEqual(Source.parse(text), parts)
        self.assertEqual(str(Source("n", "u", "h")), "n!u@h")
        self.assertEqual(str(Source("irc.example")), "irc.example")
