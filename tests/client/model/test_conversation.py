"""Conversations order their entries by time and limit their number."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import MAX_ENTRIES, TRIM_ENTRIES, Conversation
from tests.client.base import NOON, entry


class Entries(unittest.TestCase):
    def setUp(self) -> None:
        self.conversation = Conversation("#general", "channel")

    def put(self, *times: int) -> str:
        entries = [entry(at, NOON + at, msgid=f"m{at}") for at in times]
        return self.conversation.insert(entries)

    def keys(self) -> list[int]:
        return [each.key for each in self.conversation.entries]

    def test_entries_are_ordered_by_time_whatever_their_arrival(self) -> None:
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

    def test_entries_of_equal_times_keep_the_order_of_arrival(self) -> None:
        self.conversation.insert([entry(1, NOON)])
        self.assertEqual("end", self.conversation.insert([entry(2, NOON)]))
        self.assertEqual([1, 2], self.keys())

    def test_pending_entries_are_last_until_they_are_settled(self) -> None:
        self.put(1)
        mine = entry(2, NOON + 2)
        self.conversation.add_pending(mine)
        self.assertEqual("middle", self.put(3))
        self.assertEqual([1, 3, 2], self.keys())
        self.assertEqual([mine], list(self.conversation.pending()))
        self.assertEqual("end", self.conversation.settle(mine, "sent", NOON + 4, "m2"))
        self.assertEqual([], list(self.conversation.pending()))
        self.assertTrue(self.conversation.has_msgid("m2"))

    def test_a_settled_entry_moves_to_its_time(self) -> None:
        mine = entry(9, NOON + 2)
        self.put(1, 3)
        self.conversation.add_pending(mine)
        self.assertEqual("middle", self.conversation.settle(mine, "sent", NOON + 2))
        self.assertEqual([1, 9, 3], self.keys())

    def test_the_second_of_two_pending_entries_can_be_settled_first(self) -> None:
        first, second = entry(1, NOON), entry(2, NOON)
        self.conversation.add_pending(first)
        self.conversation.add_pending(second)
        self.assertEqual("middle", self.conversation.settle(second, "sent", NOON + 1))
        self.assertEqual([2, 1], self.keys())
        self.assertEqual([first], list(self.conversation.pending()))

    def test_a_removed_entry_is_gone_with_its_msgid(self) -> None:
        self.put(1)
        self.conversation.remove(self.conversation.entries[0])
        self.assertEqual([], self.keys())
        self.assertFalse(self.conversation.has_msgid("m1"))

    def test_the_oldest_entries_are_removed_when_there_are_too_many(self) -> None:
        self.conversation.complete = True
        self.put(*range(MAX_ENTRIES + TRIM_ENTRIES))
        self.assertEqual([], self.conversation.trim())
        self.put(MAX_ENTRIES + TRIM_ENTRIES)
        gone = self.conversation.trim()
        self.assertEqual(TRIM_ENTRIES + 1, len(gone))
        self.assertEqual(MAX_ENTRIES, len(self.conversation.entries))
        self.assertFalse(self.conversation.has_msgid("m0"))
        self.assertFalse(self.conversation.complete)

    def test_replies_are_found_by_what_they_reply_to(self) -> None:
        self.put(*range(MAX_ENTRIES + TRIM_ENTRIES))
        first, last = self.conversation.entries[0], entry(MAX_ENTRIES * 2, NOON + MAX_ENTRIES * 2)
        first.reply_to, last.reply_to = "m-old", "m-new"
        self.conversation.insert([last])
        self.conversation.trim()
        self.assertEqual([], self.conversation.replies_to("m-old"))
        self.assertEqual([last], self.conversation.replies_to("m-new"))

    def test_entries_in_view_stay_while_the_user_is_scrolled_up(self) -> None:
        self.put(*range(1000, 1000 + MAX_ENTRIES))
        self.put(*range(TRIM_ENTRIES * 2))
        self.put(9000)
        self.assertEqual([], self.conversation.trim())
        self.conversation.reset_limit()
        self.assertEqual(TRIM_ENTRIES * 2 + 1, len(self.conversation.trim()))

    def test_clearing_does_not_remove_pending_entries(self) -> None:
        self.put(1)
        self.conversation.add_pending(entry(2, NOON))
        self.conversation.unread = 3
        self.conversation.clear()
        self.assertEqual([2], self.keys())
        self.assertEqual(0, self.conversation.unread)
        self.assertEqual("end", self.conversation.settle(self.conversation.entries[0], "sent", NOON))
