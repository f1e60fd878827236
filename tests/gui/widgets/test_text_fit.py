"""Text that is shortened to a width."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.text_fit import shorten, shorten_middle, wrap


class ShortenTest(unittest.TestCase):
    def test_a_text_is_cut_to_the_width(self) -> None:
        for make_network, cut in (
            (11, "hello world"),
            (10, "hello wor…"),
            (7, "hello…"),
            (6, "hello…"),
            (1, ""),
            (0, ""),
        ):
            with self.subTest(make_network=make_network):
                self.assertEqual(shorten("hello world", len, make_network), cut)

    def test_grapheme_clusters_are_not_cut(self) -> None:
        family = "👨\u200d👩\u200d👧"
        for text, cut in ((f"ab{family} cd", "ab…"), ("ab🇩🇪🇫🇷cd", "ab🇩🇪…"), ("abcde\u0301f", "abcd…")):
            with self.subTest(ascii(text)):
                self.assertEqual(shorten(text, len, 6), cut)


class ShortenMiddleTest(unittest.TestCase):
    def test_a_name_keeps_its_start_and_its_end(self) -> None:
        for name, width, cut in (
            ("report.pdf", 10, "report.pdf"),
            ("laboratory-report-of-ana.pdf", 22, "laboratory-re…-ana.pdf"),
            ("laboratory-report-of-ana.pdf", 12, "laboratory-…"),
            ("laboratory-report-of-ana.pdf", 0, ""),
        ):
            with self.subTest(width=width):
                self.assertEqual(shorten_middle(name, len, width), cut)

    def test_grapheme_clusters_are_not_cut(self) -> None:
        self.assertEqual(shorten_middle("a" * 30 + "e\u0301234567", len, 20), "a" * 11 + "…e\u0301234567")


class WrapTest(unittest.TestCase):
    def test_a_text_is_broken_at_spaces(self) -> None:
        for text, width, lines in (
            ("one two three", 20, ["one two three"]),
            ("one two three", 7, ["one two", "three"]),
            ("one two three four five", 7, ["one two", "three…"]),
            ("extraordinary word", 7, ["extrao…", "word"]),
            ("", 7, []),
        ):
            with self.subTest(text, width=width):
                self.assertEqual(wrap(text, len, width, 2), lines)

    def test_a_number_stays_beside_its_unit(self) -> None:
        self.assertEqual(wrap("next message in 12 s", len, 18, 2), ["next message in", "12 s"])
        self.assertEqual(wrap("12 messages", len, 4, 2), ["12", "mes…"])
