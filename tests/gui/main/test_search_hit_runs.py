"""How the hits of a search are written."""

from __future__ import annotations

import unittest
from datetime import date, datetime

from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit
from chatapp.client.text.occurrences import any_of
from chatapp.gui.main.search_hit_runs import (
    LONGEST,
    body_runs,
    context_text,
    head_runs,
    place_of,
    short_day,
)

TODAY = date(2026, 3, 12)


def nobody(nick: str) -> str:
    return ""


def at(day: date) -> float:
    return datetime(day.year, day.month, day.day, 10, 2).timestamp()


class HitRuns(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()

    def test_the_day_is_as_short_as_possible(self) -> None:
        for day, expected in (
            (TODAY, "Today"),
            (date(2026, 3, 11), "Yesterday"),
            (date(2026, 3, 9), "Mon, 9 March"),
            (date(2025, 3, 6), "Thu, 6 March 2025"),
        ):
            with self.subTest(expected):
                self.assertEqual(expected, short_day(at(day), TODAY))

    def test_a_place_is_a_channel_or_the_name_of_a_person(self) -> None:
        self.network.person("ben").display_name = "Ben Okafor"
        entry = Entry(1, "message", at(TODAY), "ben", "x")
        for name, expected in (("#lab", "#lab"), ("ben", "Ben Okafor"), ("dee", "dee")):
            with self.subTest(name):
                self.assertEqual((expected, "Today"), place_of(SearchHit(self.network, name, entry), TODAY))

    def test_the_words_are_marked_within_their_formatting(self) -> None:
        runs = body_runs("It says `a timeout` and **Time**", any_of(["time", "out"]), nobody)
        self.assertEqual("It says a timeout and Time\n", "".join(text for text, _ in runs))
        self.assertEqual(["time", "out", "Time"], [text for text, tags in runs if "hit" in tags])
        self.assertEqual(["a ", "time", "out"], [text for text, tags in runs if "code" in tags])

    def test_code_stands_apart_from_the_words_around_it(self) -> None:
        text = "It hangs:\n```py\nimport socket\nsocket.gethostname()\n```\nand **then** stops"
        shown = "It hangs: import socket socket.gethostname() and then stops"
        runs = body_runs(text, any_of(["socket"]), nobody)
        self.assertEqual(shown + "\n", "".join(text for text, _ in runs))
        self.assertEqual(["socket"] * 2, [text for text, tags in runs if "hit" in tags])
        entry = Entry(1, "message", at(TODAY), "ben", text)
        self.assertEqual(f"ben: {shown}", context_text(self.network, entry))

    def test_without_words_nothing_is_marked(self) -> None:
        self.assertEqual([("a b", ("body",)), ("\n", ("body",))], body_runs("a b", None, nobody))

    def test_of_a_long_message_the_part_around_the_first_word_is_shown(self) -> None:
        text = "".join(
            text
            for text, _ in body_runs("word " * 500 + "timeout " + "more " * 500, any_of(["timeout"]), nobody)
        )
        self.assertIn("timeout", text)
        self.assertTrue(text.startswith("… word") and text.endswith("…\n"))
        self.assertLess(len(text), LONGEST + 10)

    def test_a_message_of_several_lines_is_written_in_one(self) -> None:
        for text, expected in (
            ("a\nb", "a b"),
            ("it hangs:\n```\nimport socket\n  x()\n```\nwhy?", "it hangs: import socket x() why?"),
            ("it hangs:```import socket```why?", "it hangs: import socket why?"),
        ):
            with self.subTest(text):
                self.assertEqual(f"{expected}\n", "".join(text for text, _ in body_runs(text, None, nobody)))
                entry = Entry(1, "message", at(TODAY), "ben", text)
                self.assertEqual(f"ben: {expected}", context_text(self.network, entry))

    def test_people_who_are_mentioned_have_their_display_names(self) -> None:
        self.network.person("ben").display_name = "Ben Okafor"
        runs = body_runs("@ben, see", any_of(["okafor"]), self.network.mentioned_name)
        self.assertEqual("@Ben Okafor, see\n", "".join(text for text, _ in runs))
        self.assertEqual(["Okafor"], [text for text, tags in runs if {"hit", "person"} <= set(tags)])
        entry = Entry(1, "message", at(TODAY), "dee", "thanks @ben")
        self.assertEqual("dee: thanks @Ben Okafor", context_text(self.network, entry))

    def test_a_head_has_the_display_name_and_the_time(self) -> None:
        self.network.person("ben").display_name = "Ben Okafor"
        runs = head_runs(self.network, Entry(1, "message", at(TODAY), "ben", "x"), twelve_hours=False)
        self.assertEqual("Ben Okafor   10:02\n", "".join(text for text, _ in runs))

    def test_a_neighbour_is_written_in_one_line(self) -> None:
        for entry, expected in (
            (Entry(1, "message", 0.0, "dee", "a **b**\nc"), "dee: a b c"),
            (Entry(1, "action", 0.0, "dee", "waves"), "dee waves"),
            (Entry(1, "message", 0.0, "dee", "", deleted_by="ben"), "dee: message deleted"),
        ):
            with self.subTest(expected):
                self.assertEqual(expected, context_text(self.network, entry))
