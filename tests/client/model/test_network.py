"""Networks find conversations and users by name, and store what the server announces."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.client.model import network
from chatapp.client.model.model import Member
from chatapp.client.model.network import Network


class Networks(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.nick = "ana"

    def test_the_sidebar_lists_the_server_then_channels_then_people_sorted_by_name(self) -> None:
        self.network.add("Chen", "direct")
        self.network.add("#z", "channel")
        self.network.add("", "server")
        self.network.add("ben", "direct")
        self.network.add("#A", "channel")
        names = [each.name for each in self.network.conversations.values()]
        self.assertEqual(["", "#A", "#z", "ben", "Chen"], names)

    def test_thousands_of_conversations_are_sorted_once_and_not_for_each_new_one(self) -> None:
        crowded = Network()
        with mock.patch.object(network, "sorted", wraps=sorted, create=True) as sorting:
            for number in range(2000):
                crowded.add(f"nick{number * 7919 % 2000}", "direct")
                crowded.find("nick1")
            self.assertEqual(2000, len(crowded.conversations))
            self.assertEqual(sorted(crowded.conversations), list(crowded.conversations))
            self.assertEqual(1, sorting.call_count)

    def test_names_are_found_in_any_letter_case(self) -> None:
        channel = self.network.add("#Straße", "channel")
        self.assertIs(channel, self.network.find("#STRASSE"))

    def test_brackets_have_letter_case_where_the_server_says_rfc1459(self) -> None:
        self.network.isupport = {"CASEMAPPING": "rfc1459"}
        self.assertEqual(self.network.fold("Ben[home]^"), self.network.fold("ben{HOME}~"))

    def test_channel_types_and_prefixes_are_those_of_the_server(self) -> None:
        self.assertTrue(self.network.is_channel("&local"))
        self.network.isupport = {"CHANTYPES": "#", "PREFIX": "(qov)~@+"}
        self.assertFalse(self.network.is_channel("&local"))
        self.assertFalse(self.network.is_channel(""))
        self.assertEqual({"q": "~", "o": "@", "v": "+"}, self.network.prefixes())
        ben = Member(self.network.person("ben"), "@+")
        self.assertEqual(
            [1, 3], [self.network.rank(ben), self.network.rank(Member(self.network.person("dee")))]
        )

    def test_a_user_in_several_channels_is_one_object(self) -> None:
        self.network.state = "online"
        one, two = Member(self.network.person("Ben")), Member(self.network.person("ben"), "@")
        one.person.away = True
        self.assertTrue(two.away)
        self.assertEqual("away", self.network.presence("BEN"))
        self.network.state = "waiting"
        self.assertEqual("unknown", self.network.presence("BEN"), "while we are not connected")
        self.assertEqual("unknown", self.network.presence("chen"))

    def test_people_who_are_mentioned_have_their_display_name_or_nick(self) -> None:
        network = Network()
        network.nick = "ana"
        network.person("ana").display_name = "Ana Maria"
        network.person("ben").display_name = "Ben Okafor"
        network.person("dee")
        network.past_names["eve"] = "Eve Adams"
        network.authors["fay"] = "Fay"
        for nick, expected in (
            ("Ben", "Ben Okafor"),
            ("Dee", "Dee"),
            ("eve", "Eve Adams"),
            ("Fay", "Fay"),
            ("ana", "Ana Maria"),
            ("x", ""),
        ):
            with self.subTest(nick):
                self.assertEqual(expected, network.mentioned_name(nick))

    def test_the_user_keeps_the_display_name_after_an_absence_and_others_do_not(self) -> None:
        """Another user may have their nicks by then."""
        network = Network()
        network.nick = "ana"
        network.past_names.update(ana="Ana Maria", ben="Ben Okafor")
        self.assertEqual("Ana Maria", network.person("ana").display_name)
        self.assertEqual("", network.person("ben").display_name)

    def test_a_renamed_conversation_keeps_its_entries_and_moves_to_its_new_position(self) -> None:
        direct = self.network.add("ben", "direct")
        self.network.add("chen", "direct")
        self.network.rename(direct, "zoe")
        self.assertEqual(["chen", "zoe"], [each.name for each in self.network.conversations.values()])
        self.assertIs(direct, self.network.find("zoe"))
        self.assertIsNone(self.network.find("ben"))
