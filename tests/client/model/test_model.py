"""Conversations keep their entries in order; networks find what is meant."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.client.model import model
from chatapp.client.model.model import MAX_ENTRIES, TRIM_ENTRIES, Conversation, Member, Network
from tests.client.base import NOON, entry


class Entries(unittest.TestCase):
    def setUp(self) -> None:
        self.conversation = Conversation("#general", "channel")

    def put(self, *times: int) -> str:
        entries = [entry(at, NOON + at, msgid=f"m{at}") for at in times]
        return self.conversation.insert(entries)

    def keys(self) -> list[int]:
        return [each.key for each in self.conversation.entries]

    def test_entries_stand_in_the_order_of_time_wherever_they_come(self) -> None:
        for times, place in (
            ((10, 11), "end"),
            ((5, 6), "start"),
            ((12,), "end"),
            ((7, 8), "middle"),
            ((9,), "middle"),
        ):
            with self.subTest(times):
                self.assertEqual(place, self.put(*times))
        self.assertEqual([5, 6, 7, 8, 9, 10, 11, 12], self.keys())

    def test_of_equal_times_the_later_one_stands_later(self) -> None:
        self.conversation.insert([entry(1, NOON)])
        self.assertEqual("end", self.conversation.insert([entry(2, NOON)]))
        self.assertEqual([1, 2], self.keys())

    def test_pending_entries_stand_at_the_end_until_they_are_settled(self) -> None:
        self.put(1)
        mine = entry(2, NOON + 2)
        self.conversation.wait(mine)
        self.assertEqual("middle", self.put(3))
        self.assertEqual([1, 3, 2], self.keys())
        self.assertEqual([mine], list(self.conversation.pending()))
        self.assertEqual("end", self.conversation.settle(mine, "sent", NOON + 4, "m2"))
        self.assertEqual([], list(self.conversation.pending()))
        self.assertTrue(self.conversation.has("m2"))

    def test_a_settled_entry_moves_to_its_time(self) -> None:
        mine = entry(9, NOON + 2)
        self.put(1, 3)
        self.conversation.wait(mine)
        self.assertEqual("middle", self.conversation.settle(mine, "sent", NOON + 2))
        self.assertEqual([1, 9, 3], self.keys())

    def test_the_second_of_two_pending_entries_can_be_settled_first(self) -> None:
        first, second = entry(1, NOON), entry(2, NOON)
        self.conversation.wait(first)
        self.conversation.wait(second)
        self.assertEqual("middle", self.conversation.settle(second, "sent", NOON + 1))
        self.assertEqual([2, 1], self.keys())
        self.assertEqual([first], list(self.conversation.pending()))

    def test_what_is_forgotten_is_gone_with_its_msgid(self) -> None:
        self.put(1)
        self.conversation.forget(self.conversation.entries[0])
        self.assertEqual([], self.keys())
        self.assertFalse(self.conversation.has("m1"))

    def test_the_oldest_go_when_there_are_too_many(self) -> None:
        self.conversation.complete = True
        self.put(*range(MAX_ENTRIES + TRIM_ENTRIES))
        self.assertEqual([], self.conversation.trim())
        self.put(MAX_ENTRIES + TRIM_ENTRIES)
        gone = self.conversation.trim()
        self.assertEqual(TRIM_ENTRIES + 1, len(gone))
        self.assertEqual(MAX_ENTRIES, len(self.conversation.entries))
        self.assertFalse(self.conversation.has("m0"))
        self.assertFalse(self.conversation.complete)

    def test_what_somebody_scrolled_up_to_stays_until_the_view_rests(self) -> None:
        self.put(*range(1000, 1000 + MAX_ENTRIES))
        self.put(*range(TRIM_ENTRIES * 2))
        self.put(9000)
        self.assertEqual([], self.conversation.trim())
        self.conversation.rest()
        self.assertEqual(TRIM_ENTRIES * 2 + 1, len(self.conversation.trim()))

    def test_clearing_leaves_what_waits_for_the_server(self) -> None:
        self.put(1)
        self.conversation.wait(entry(2, NOON))
        self.conversation.unread = 3
        self.conversation.clear()
        self.assertEqual([2], self.keys())
        self.assertEqual(0, self.conversation.unread)
        self.assertEqual("end", self.conversation.settle(self.conversation.entries[0], "sent", NOON))


class Networks(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.nick = "ana"

    def test_the_sidebar_has_the_server_then_channels_then_people_each_by_name(self) -> None:
        self.network.add("Chen", "direct")
        self.network.add("#z", "channel")
        self.network.add("", "server")
        self.network.add("ben", "direct")
        self.network.add("#A", "channel")
        names = [each.name for each in self.network.conversations.values()]
        self.assertEqual(["", "#A", "#z", "ben", "Chen"], names)

    def test_thousands_are_sorted_once_and_not_with_each_new_one(self) -> None:
        network = Network()
        with mock.patch.object(model, "sorted", wraps=sorted, create=True) as sorting:
            for number in range(2000):
                network.add(f"nick{number * 7919 % 2000}", "direct")
                network.find("nick1")
            self.assertEqual(2000, len(network.conversations))
            self.assertEqual(sorted(network.conversations), list(network.conversations))
            self.assertEqual(1, sorting.call_count)

    def test_names_are_found_in_any_letter_case(self) -> None:
        channel = self.network.add("#Straße", "channel")
        self.assertIs(channel, self.network.find("#STRASSE"))

    def test_brackets_are_letters_where_the_server_says_rfc1459(self) -> None:
        self.network.isupport = {"CASEMAPPING": "rfc1459"}
        self.assertEqual(self.network.fold("Ben[home]^"), self.network.fold("ben{HOME}~"))

    def test_channel_types_and_prefixes_are_the_server_s_own(self) -> None:
        self.assertTrue(self.network.is_channel("&local"))
        self.network.isupport = {"CHANTYPES": "#", "PREFIX": "(qov)~@+"}
        self.assertFalse(self.network.is_channel("&local"))
        self.assertFalse(self.network.is_channel(""))
        self.assertEqual({"q": "~", "o": "@", "v": "+"}, self.network.prefixes())
        ben = Member(self.network.person("ben"), "@+")
        self.assertEqual(
            [1, 3], [self.network.rank(ben), self.network.rank(Member(self.network.person("dee")))]
        )

    def test_a_person_is_one_however_many_channels_are_shared(self) -> None:
        self.network.state = "online"
        one, two = Member(self.network.person("Ben")), Member(self.network.person("ben"), "@")
        one.person.away = True
        self.assertTrue(two.away)
        self.assertEqual("away", self.network.presence("BEN"))
        self.network.state = "waiting"
        self.assertEqual("unknown", self.network.presence("BEN"), "while we are not connected")
        self.assertEqual("unknown", self.network.presence("chen"))

    def test_a_renamed_conversation_keeps_its_entries_and_takes_its_new_place(self) -> None:
        direct = self.network.add("ben", "direct")
        self.network.add("chen", "direct")
        self.network.rename(direct, "zoe")
        self.assertEqual(["chen", "zoe"], [each.name for each in self.network.conversations.values()])
        self.assertIs(direct, self.network.find("zoe"))
        self.assertIsNone(self.network.find("ben"))
