"""Finding texts by some of their letters."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.fuzzy_match import FuzzyPattern, folded


class FuzzyMatchTest(unittest.TestCase):
    def rank(self, wanted: str, text: str) -> int | None:
        return FuzzyPattern(wanted).rank(folded(text))

    def shown(self, wanted: str, text: str) -> str:
        """Return a text with the characters that were found in capitals."""
        places = FuzzyPattern(wanted).places(text)
        return "".join(each.upper() if at in places else each.lower() for at, each in enumerate(text))

    def test_closer_matches_have_lower_ranks(self) -> None:
        for wanted, text, rank in (
            ("li", "library", 0),
            ("li", "Chen Li", 1),
            ("li", "olympiad-line-up", 1),
            ("li", "english", 2),
            ("li chen", "Chen Li", 2),
            ("gnrl", "general", 4),
            ("li", "ilk", None),
            ("lili", "li", None),
            ("", "anything", 0),
        ):
            with self.subTest(wanted=wanted, text=text):
                self.assertEqual(self.rank(wanted, text), rank)

    def test_words_can_begin_like_those_of_a_text_in_any_order(self) -> None:
        for wanted, begins in (("notif mu", True), ("general", True), ("eneral", False), ("mute x", False)):
            with self.subTest(wanted):
                self.assertIs(FuzzyPattern(wanted).begin_words("mute general notifications"), begins)

    def test_accents_and_letter_case_make_no_difference(self) -> None:
        for wanted, text in (("zoe", "Zoë"), ("ZOË", "zoe"), ("łu", "ŁUKASZ"), ("straße", "Straße")):
            with self.subTest(wanted=wanted, text=text):
                self.assertEqual(self.rank(wanted, text), 0)

    def test_the_found_characters_are_known(self) -> None:
        for wanted, shown in (
            ("li", "english and LIbrary"),
            ("gnr", "eNGlish"),
            ("and eng", "ENGlish AND library"),
        ):
            text = shown.lower()
            with self.subTest(wanted):
                self.assertEqual(self.shown(wanted, text), shown if wanted != "gnr" else text)
        self.assertEqual(self.shown("gnrl", "general"), "GeNeRaL")

    def test_places_are_those_of_the_text_itself(self) -> None:
        for text in ("İstanbul li", "ﬁre li", "ß li", "李雷 (Li Lei)"):
            with self.subTest(text):
                self.assertEqual(len(folded(text)), len(text))
                start = text.lower().index("li") if text.isascii() else text.replace("L", "l").index("li")
                self.assertEqual(FuzzyPattern("li").places(text), (start, start + 1))

    def test_characters_with_a_meaning_in_patterns_are_ordinary(self) -> None:
        self.assertEqual(self.rank("c++", "c++"), 0)
        self.assertIsNone(self.rank(".*", "general"))
