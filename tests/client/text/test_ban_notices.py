"""What a server says to a user who is banned from it."""

from __future__ import annotations

import unittest

from chatapp.client.text.ban_notices import BanNotice, ban_notice, ban_text


class BanNoticeTest(unittest.TestCase):
    def test_the_words_of_a_chatapp_server_are_understood(self) -> None:
        for text, expected in (
            (
                "You are banned from this server until 2026-03-12T12:00:00.000Z by ben: insults: twice",
                BanNotice("insults: twice", "ben", 1773316800.0),
            ),
            (
                "You are banned from this server for ever by ben: spam",
                BanNotice("spam", "ben", is_for_ever=True),
            ),
            ("You are banned from this server until soon by ben: spam", BanNotice("spam", "ben")),
        ):
            with self.subTest(text):
                self.assertEqual(ban_notice(text), expected)

    def test_the_reason_may_stand_in_the_error_alone(self) -> None:
        ours = "You are banned from this server for ever by ben: spam"
        for numeric, error, expected in (
            (
                "You're banned!",
                "Closing link: (ana@192.0.2.7) [G-lined: Being rude]",
                "You are banned from this server: Being rude",
            ),
            (
                "",
                'Access denied: "Spam is not wanted" (K-Line)',
                "You are banned from this server: Spam is not wanted",
            ),
            ("", 'K-Line by "ben": "Spam"', "You are banned from this server: Spam"),
            ("You are banned: Spam", "Closing Link: 192.0.2.7 (K-Lined)", "You are banned: Spam"),
            (ours, "Banned [K-lined: x]", ours),
            ("", "Too many connections", ""),
            ("", "", ""),
        ):
            with self.subTest(error):
                self.assertEqual(ban_text(numeric, error), expected)
        self.assertEqual(ban_notice("You are banned from this server: Spam"), BanNotice("Spam"))

    def test_of_other_servers_the_whole_text_is_the_reason(self) -> None:
        for text in ("You are banned from this server- Spam", "", "K-Lined"):
            with self.subTest(text):
                self.assertEqual(ban_notice(text), BanNotice(text))
