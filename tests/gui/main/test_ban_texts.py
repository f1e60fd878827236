"""Sentences for somebody who is banned."""

from __future__ import annotations

import unittest
from datetime import datetime

from chatapp.gui.main import ban_texts
from chatapp.protocol.timestamps import iso_of_seconds
from tests.gui.networks import make_network

NOW = datetime(2026, 3, 12, 15, 0).timestamp()


class BanTextsTest(unittest.TestCase):
    def test_the_line_says_who_until_when_and_why(self) -> None:
        network = make_network()
        network.person("ben").display_name = "Ben Okafor"
        end = iso_of_seconds(datetime(2026, 3, 13, 8, 0).timestamp())
        network.problem = f"You are banned from this server until {end} by ben: insults"
        line = "by Ben Okafor until tomorrow 08:00. Reason: insults"
        self.assertEqual(ban_texts.ban_line(network, NOW), line)
        self.assertTrue(ban_texts.ends_by_itself(network))
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
