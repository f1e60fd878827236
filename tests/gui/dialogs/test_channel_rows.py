"""The rows of the list of channels."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import ListedChannel
from chatapp.gui.dialogs.channel_rows import MAKE_KEY, ChannelSearch, new_channel
from chatapp.gui.widgets.list_row import ListRow
from tests.gui.networks import make_network

LISTED = (
    ListedChannel("#general", 12, "Welcome"),
    ListedChannel("#help", 3),
    ListedChannel("#homework", 7, "\x02Exam\x02 on Friday"),
)


class ChannelSearchTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general")
        self.search = ChannelSearch(self.network, LISTED)

    def row(self, typed: str, index: int, new: str = "") -> ListRow:
        found = self.search.rows(typed, new).make(index)
        assert isinstance(found, ListRow)
        return found

    def test_channels_with_most_people_come_first(self) -> None:
        self.assertEqual(self.search.rows("").keys, ["#general", "#homework", "#help"])

    def test_the_best_match_comes_first(self) -> None:
        self.assertEqual(self.search.rows("he").keys, ["#help", "#homework", "#general"][:2])
        self.assertEqual(self.search.rows("#ELP").keys, ["#help"])

    def test_a_row_has_topic_and_people_and_says_where_one_is(self) -> None:
        row = self.row("home", 0)
        self.assertEqual((row.text, row.detail, row.count), ("homework", "Exam on Friday", "7 people"))
        self.assertEqual(self.row("gen", 0).note, "Joined")
        self.assertEqual(self.search.rows("").tall, {0, 1})

    def test_a_new_channel_is_offered_last(self) -> None:
        keys = self.search.rows("he", "#he").keys
        self.assertEqual(keys[-1], MAKE_KEY)
        self.assertEqual(self.row("he", len(keys) - 1, "#he").text, "Make #he")

    def test_listed_channels_and_those_that_one_is_in_are_known(self) -> None:
        self.network.add("#secret", "channel").joined = True
        self.network.add("#left", "channel")
        for name, is_known in (("#HELP", True), ("#secret", True), ("#left", False), ("#new", False)):
            with self.subTest(name):
                self.assertEqual(self.search.is_known(name), is_known)

    def test_names_are_made_and_bad_ones_explained(self) -> None:
        for typed, name, problem in (
            ("new", "#new", ""),
            ("#new", "#new", ""),
            ("&local", "&local", ""),
            ("#", "", ""),
            ("", "", ""),
            ("two words", "", "has no spaces. You can write #two-words."),
            ("a,b", "", "cannot contain “,”"),
            ("x" * 80, "", "at most 64 characters; this one has 81"),
        ):
            with self.subTest(typed):
                found, why = new_channel(self.network, typed)
                self.assertEqual(found, name)
                self.assertIn(problem, why)
                self.assertEqual(bool(problem), bool(why))

    def test_a_server_may_have_its_own_rules(self) -> None:
        self.network.isupport = {"CHANNELLEN": "10", "CHANTYPES": "#"}
        self.assertIn("at most 10", new_channel(self.network, "a-long-name")[1])
        self.assertIn("begins with “#”", new_channel(self.network, "&local")[1])
