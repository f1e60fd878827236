"""The tooltips of what can be clicked in a message."""

from __future__ import annotations

import unittest
from datetime import date

from chatapp.gui.transcript.hover_texts import names_text, tooltip
from chatapp.gui.transcript.runs import Target
from tests.gui.transcript.conversations import NINE, ConversationMaker

NAMES = {"ana": "You", "ben": "Ben Okafor"}


class HoverTextsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.entry = ConversationMaker().entry("message", text="x", edited_at=NINE + 300)

    def tip(self, target: Target, twelve_hours: bool = False) -> str:
        return tooltip(
            target, self.entry, lambda nick: NAMES.get(nick, nick), date.fromtimestamp(NINE), twelve_hours
        )

    def test_a_reaction_tells_who_reacted_and_the_name_of_the_emoji(self) -> None:
        self.entry.reactions = {"👍": ["ben", "ana"], "ok": ["dee"]}
        self.assertEqual(self.tip(Target("chip", "👍")), "Ben Okafor and You reacted with 👍 thumbs up")
        self.assertEqual(self.tip(Target("chip", "ok")), "dee reacted with ok")

    def test_many_names_are_counted(self) -> None:
        for count, text in (
            (0, ""),
            (1, "n0"),
            (2, "n0 and n1"),
            (3, "n0, n1 and n2"),
            (4, "n0, n1 and 2 others"),
            (500, "n0, n1 and 498 others"),
        ):
            with self.subTest(count):
                self.assertEqual(names_text([f"n{index}" for index in range(count)], most=2), text)

    def test_a_link_tells_where_it_leads(self) -> None:
        self.assertEqual(self.tip(Target("link", "www.a.example")), "https://www.a.example")
        self.assertEqual(self.tip(Target("link", "#help")), "Open the channel #help")
        self.assertEqual(len(self.tip(Target("link", "https://a.example/" + "x" * 5000))), 300)

    def test_an_edited_message_tells_when(self) -> None:
        self.assertEqual(self.tip(Target("edited")), "Edited: Today, 12 March, 09:05")
        self.assertEqual(self.tip(Target("edited"), True), "Edited: Today, 12 March, 9:05 am")

    def test_what_is_labelled_needs_no_tooltip(self) -> None:
        self.assertEqual(self.tip(Target("retry")), "")
