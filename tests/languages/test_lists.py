"""Several names in a sentence."""

from __future__ import annotations

import unittest

from chatapp.languages.lists import joined, joined_or_counted, without_full_stop


class ListsTest(unittest.TestCase):
    def test_the_last_two_names_are_joined_by_a_word(self) -> None:
        lists = [joined(names) for names in ([], ["Ana"], ["Ana", "Ben"], ["Ana", "Ben", "Dee"])]
        self.assertEqual(lists, ["", "Ana", "Ana and Ben", "Ana, Ben and Dee"])

    def test_names_beyond_the_limit_are_counted(self) -> None:
        self.assertEqual(joined_or_counted(["Ana", "Ben"], 2), "Ana and Ben")
        self.assertEqual(joined_or_counted(["Ana", "Ben", "Dee"], 2), "Ana, Ben and 1 other")
        self.assertEqual(joined_or_counted(list("abcde"), 2), "a, b and 3 others")

    def test_a_sentence_loses_its_full_stop(self) -> None:
        found = [without_full_stop(each) for each in ("It is full.", "वह भरा है।", "Full")]
        self.assertEqual(found, ["It is full", "वह भरा है", "Full"])
