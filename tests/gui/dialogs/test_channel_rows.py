"""The rows of the list of channels."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import ListedChannel
from chatapp.gui.dialogs.channel_rows import MAKE_KEY, NO_NAME, ChannelSearch, NewName, is_guest, new_channel
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

    def row(self, typed: str, index: int, new: NewName = NO_NAME) -> ListRow:
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
        keys = self.search.rows("he", NewName("#he")).keys
        self.assertEqual(keys[-1], MAKE_KEY)
        self.assertEqual(self.row("he", len(keys) - 1, NewName("#he")).text, "Make #he")

    def test_listed_channels_and_those_that_one_is_in_are_known(self) -> None:
        self.network.add("#secret", "channel").joined = True
        self.network.add("#left", "channel")
        for name, is_known in (("#HELP", True), ("#secret", True), ("#left", False), ("#new", False)):
            with self.subTest(name):
                self.assertEqual(self.search.is_known(name), is_known)

    def test_a_channel_that_one_is_in_is_found_although_it_is_not_listed(self) -> None:
        self.network.add("#secret-plans", "channel").joined = True
        self.search = ChannelSearch(self.network, LISTED)
        self.assertNotIn("#secret-plans", self.search.rows("").keys)
        self.assertEqual(self.search.rows("secret").keys, ["#secret-plans"])
        self.assertEqual(self.row("secret", 0).note, "Joined")

    def test_names_are_made_and_bad_ones_mended_or_explained(self) -> None:
        for typed, name, why in (
            ("new", "#new", ""),
            ("#new", "#new", ""),
            ("##new", "##new", ""),
            ("#", "", ""),
            ("# ", "", ""),
            ("", "", ""),
            ("choir practice", "#choir-practice", "A name has no spaces"),
            ("  # choir \t practice ", "#choir-practice", "A name has no spaces"),
            ("a,b", "#a-b", "A name cannot contain “,”"),
            ("what?!", "#what", "A name cannot contain “?”"),
            ("a\x02b", "#ab", "A name has no invisible characters"),
            ("a\u200bb", "#ab", "A name has no invisible characters"),
            (",", "", "A name cannot contain “,”."),
            ("x" * 63, f"#{'x' * 63}", ""),
            ("x" * 64, "", "The name of a channel can have at most 64 characters; this one has 65."),
            ("🎉 party", "#🎉-party", "A name has no spaces"),
            ("&local", "#local", "On this server a channel name begins with “#”"),
        ):
            with self.subTest(typed):
                new = new_channel(self.network, typed)
                self.assertEqual((new.name, new.reason or new.problem), (name, why))

    def test_a_server_may_have_its_own_rules(self) -> None:
        self.network.isupport = {"CHANNELLEN": "10", "CHANTYPES": "#"}
        self.assertIn("at most 10", new_channel(self.network, "a-long-name").problem)
        self.network.isupport = {"CHANTYPES": "&+#"}
        for typed, name in (("lab", "#lab"), ("&lab", "&lab"), ("+lab", "+lab"), ("+my lab", "+my-lab")):
            self.assertEqual(new_channel(self.network, typed).name, name)
        self.network.isupport = {"CHANTYPES": "&"}
        self.assertEqual(new_channel(self.network, "lab").name, "&lab")
        self.assertIn("begins with “&”", new_channel(self.network, "#lab").reason)
        self.network.isupport = {"CHANTYPES": ""}
        self.assertEqual(new_channel(self.network, "lab").problem, "This server has no channels.")

    def test_a_mended_name_says_why(self) -> None:
        row = self.row("two words", 0, new_channel(self.network, "two words"))
        self.assertEqual((row.text, row.note), ("Make #two-words", "(a name has no spaces)"))

    def test_a_guest_is_one_without_an_account_where_there_are_accounts(self) -> None:
        self.assertFalse(is_guest(self.network))
        self.network.capability_values = {"sasl": "PLAIN"}
        self.assertTrue(is_guest(self.network))
        self.network.account = "ana"
        self.assertFalse(is_guest(self.network))
