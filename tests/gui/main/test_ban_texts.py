"""Sentences for somebody who is banned."""

from __future__ import annotations

import unittest
from datetime import datetime

from chatapp.gui.main import ban_texts
from tests.gui.networks import make_network

NOW = datetime(2026, 3, 12, 15, 0).timestamp()


class BanTextsTest(unittest.TestCase):
    def test_a_moment_is_named_as_people_do(self) -> None:
        for when, text in (
            (datetime(2026, 3, 12, 18, 30), "today 18:30"),
            (datetime(2026, 3, 13, 8, 0), "tomorrow 08:00"),
            (datetime(2026, 4, 3, 8, 5), "3 April 08:05"),
            (datetime(2027, 2, 3, 0, 0), "3 February 2027 00:00"),
        ):
            with self.subTest(text):
                self.assertEqual(ban_texts.moment(when.timestamp(), NOW), text)
        self.assertEqual(
            ban_texts.moment(datetime(2026, 3, 13, 8).timestamp(), NOW, True), "tomorrow 8:00 am"
        )
        self.assertEqual(ban_texts.moment(1e18, NOW), "a far day")

    def test_the_line_says_who_until_when_and_why(self) -> None:
        network = make_network()
        network.person("ben").display_name = "Ben Okafor"
        for text, line in (
            ("for ever by ben: insults", "by Ben Okafor for ever. Reason: insults"),
            ("for ever by ben: ", "by Ben Okafor for ever"),
        ):
            with self.subTest(text):
                network.problem = f"You are banned from this server {text}"
                self.assertEqual(ban_texts.ban_line(network, NOW), line)
                self.assertFalse(ban_texts.ends_by_itself(network))
        network.problem = "K-Lined"
        self.assertEqual(ban_texts.ban_line(network, NOW), "K-Lined")
