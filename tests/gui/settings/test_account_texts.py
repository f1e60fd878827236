"""Words about times and sessions."""

from __future__ import annotations

import unittest
from datetime import datetime

from chatapp.client.model.own_account import OwnSession
from chatapp.client.text.nick_colours import COLOURS
from chatapp.gui.settings.account_texts import (
    COLOUR_NAMES,
    last_use,
    protected_since,
    session_note,
    session_title,
)

NOW = datetime(2026, 3, 12, 12, 0).timestamp()


def at(*moment: int) -> float:
    return datetime(*moment).timestamp()  # type: ignore[arg-type]


class Texts(unittest.TestCase):
    def test_every_colour_has_a_name_of_its_own(self) -> None:
        self.assertEqual(len(set(COLOUR_NAMES)), COLOURS)

    def test_since_when_the_name_is_protected(self) -> None:
        for registered, words in (
            (at(2026, 2, 3, 9), "since 3 February."),
            (at(2025, 2, 3, 9), "since 3 February 2025."),
            (at(2026, 3, 12, 9), "since today."),
            (at(2026, 3, 11, 9), "since yesterday."),
            (None, "is protected. Nobody"),
        ):
            with self.subTest(words):
                self.assertIn(words, protected_since(registered, NOW))

    def test_when_somebody_was_there(self) -> None:
        for seconds, expected in (
            (NOW - 5, "now"),
            (NOW + 5, "now"),
            (at(2026, 3, 12, 9, 5), "today 09:05"),
            (at(2026, 3, 11, 16, 40), "yesterday 16:40"),
            (at(2026, 3, 9, 18, 25), "9 March 18:25"),
        ):
            with self.subTest(expected):
                self.assertEqual(last_use(seconds, NOW, twelve_hours=False), expected)
        self.assertEqual(last_use(at(2026, 3, 11, 16, 40), NOW, twelve_hours=True), "yesterday 4:40 pm")

    def test_sessions_are_named_by_what_is_known(self) -> None:
        used = at(2026, 3, 11, 16, 40)
        for session, title, note in (
            (
                OwnSession("1", True, NOW, used, "::1", "Chatapp", "Linux", "pc"),
                "This computer",
                "Linux · now · ::1",
            ),
            (
                OwnSession("2", False, NOW, used, "192.0.2.7", "Chatapp-terminal", "Linux", "lab-pc-04"),
                "Terminal",
                "lab-pc-04 · yesterday 16:40 · 192.0.2.7",
            ),
            (
                OwnSession("3", False, NOW, used, "192.0.2.7", "Chatapp", "Windows"),
                "Windows",
                "yesterday 16:40 · 192.0.2.7",
            ),
            (
                OwnSession("4", False, NOW, used, "192.0.2.7", "irssi_1.4"),
                "irssi 1.4",
                "yesterday 16:40 · 192.0.2.7",
            ),
            (OwnSession("5", False, NOW, used, "a"), "Another program", "yesterday 16:40 · a"),
            (OwnSession("6", False, NOW, used, "a", "Chatapp"), "Another computer", "yesterday 16:40 · a"),
        ):
            with self.subTest(title):
                self.assertEqual(session_title(session), title)
                self.assertEqual(session_note(session, NOW, twelve_hours=False), note)
