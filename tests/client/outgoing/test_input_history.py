"""The arrow keys recall sent texts."""

from __future__ import annotations

import unittest

from chatapp.client.outgoing.input_history import MAX_TEXTS, InputHistory


class Recalling(unittest.TestCase):
    def setUp(self) -> None:
        self.recall = InputHistory()
        for text in ("one", "two", "three"):
            self.recall.sent(text)

    def test_older_texts_come_until_the_first(self) -> None:
        found = [self.recall.older("draft") for _ in range(4)]
        self.assertEqual(["three", "two", "one", None], found)

    def test_the_draft_comes_back_at_the_end(self) -> None:
        self.recall.older("draft")
        self.recall.older("three")
        self.assertEqual(["three", "draft", None], [self.recall.newer() for _ in range(3)])

    def test_without_a_recalled_text_there_is_no_newer_one(self) -> None:
        self.assertIsNone(self.recall.newer())

    def test_a_password_is_not_recalled(self) -> None:
        self.recall.sent("/oper ana secret")
        self.assertEqual("three", self.recall.older(""))

    def test_sending_starts_at_the_end_and_repetitions_are_stored_once(self) -> None:
        self.recall.older("")
        self.recall.sent("three")
        self.assertEqual(["three", "two"], [self.recall.older("") for _ in range(2)])

    def test_an_empty_history_recalls_nothing(self) -> None:
        self.assertIsNone(InputHistory().older("draft"))

    def test_the_oldest_texts_are_dropped(self) -> None:
        for number in range(MAX_TEXTS + 5):
            self.recall.sent(f"text {number}")
        found = [self.recall.older("") for _ in range(MAX_TEXTS + 1)]
        self.assertEqual("text 5", found[MAX_TEXTS - 1])
        self.assertIsNone(found[MAX_TEXTS])
