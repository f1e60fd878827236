"""Masks that end at a certain time."""

from __future__ import annotations

import unittest

from chatapp.server.state.channel import Channel, MaskEntry
from chatapp.server.state.timed_masks import FEWEST, TimedMasks


class Queue(unittest.TestCase):
    def setUp(self) -> None:
        self.channel = Channel(1, "#c", 0)
        self.channel.lists["b"] = {}
        self.masks = TimedMasks()

    def add(self, mask: str, until: int) -> None:
        entry = self.channel.lists["b"][mask] = MaskEntry(mask, "ann", 0, until)
        self.masks.add(self.channel, "b", entry)

    def ended(self, now: int) -> list[str]:
        return [each.entry.mask for each in self.masks.take_ended(now)]

    def test_masks_end_in_the_order_of_their_times(self) -> None:
        for mask, until in (("late", 30), ("soon", 10), ("same", 10)):
            self.add(mask, until)
        self.assertEqual(self.ended(9), [])
        self.assertEqual(self.ended(10), ["soon", "same"])
        self.assertEqual(self.ended(50), ["late"])
        self.assertEqual(self.ended(50), [])

    def test_a_removed_mask_is_left_out(self) -> None:
        self.add("eve", 10)
        del self.channel.lists["b"]["eve"]
        self.assertEqual(self.ended(20), [])

    def test_masks_that_are_changed_all_the_time_do_not_fill_the_memory(self) -> None:
        self.add("soon", 5)
        for until in range(10, 10 * FEWEST):
            self.add("eve", until)
        self.assertLessEqual(len(self.masks._queue), 2 * FEWEST)
        self.assertEqual(self.ended(20 * FEWEST), ["soon", "eve"])

    def test_a_changed_mask_ends_at_its_new_time_only(self) -> None:
        self.add("eve", 10)
        self.add("eve", 40)
        self.assertEqual(self.ended(20), [])
        self.assertEqual(self.ended(40), ["eve"])
