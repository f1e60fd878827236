"""Words that are spelt almost like another."""

from __future__ import annotations

import unittest

from chatapp.server.storage.spelling import distance, nearest, normalized


class Distances(unittest.TestCase):
    def test_mistakes_are_counted(self) -> None:
        for one, other, mistakes in (
            ("timeout", "timeout", 0),
            ("tiemout", "timeout", 1),
            ("itmeout", "timeout", 1),
            ("timout", "timeout", 1),
            ("timeoout", "timeout", 1),
            ("timeour", "timeout", 1),
            ("tmieotu", "timeout", 2),
            ("abc", "", 3),
            ("", "abc", 3),
        ):
            with self.subTest(one):
                self.assertEqual(distance(one, other), mistakes)


class Words(unittest.TestCase):
    def test_words_are_compared_as_the_index_has_them(self) -> None:
        for word, expected in (
            ("Café!", ""), ("CAFÉ", "cafe"), ("Straße", "strasse"), ("abc", ""), ("foo-bar", ""), ("", ""),
        ):  # fmt: skip
            with self.subTest(word):
                self.assertEqual(normalized(word), expected)

    def test_the_nearest_comes_first_then_the_most_frequent(self) -> None:
        found = [("timers", 9), ("time", 50), ("tamer", 3), ("tiger", 2), ("timer", 7)]
        self.assertEqual(nearest("timer", found, 3), ["time", "timers", "tamer"])

    def test_short_words_may_have_one_mistake_and_long_ones_two(self) -> None:
        self.assertEqual(nearest("tmieotu", [("timeout", 1)], 3), [])
        self.assertEqual(nearest("tmieotusx", [("timeouts", 1)], 3), [])
        self.assertEqual(nearest("tmieotus", [("timeouts", 1)], 3), ["timeouts"])
