"""The events: the union and rules that hold for all of them."""

from __future__ import annotations

import inspect
import unittest
from dataclasses import fields
from typing import get_args

from chatapp.client.incoming import events
from chatapp.protocol.lazy_dataclass import complete

PARTS = {
    events.BetterSpelling,
    events.HistoryRow,
    events.RosterEntry,
    events.ListedChannel,
}  # values inside other events


class Events(unittest.TestCase):
    def setUp(self) -> None:
        for event in get_args(events.Event):
            complete(event)

    def test_every_class_is_an_event_or_a_part_of_one(self) -> None:
        classes = {
            each
            for _, each in inspect.getmembers(events, inspect.isclass)
            if each.__module__ == events.__name__
        }
        self.assertEqual(set(get_args(events.Event)) | PARTS, classes)

    def test_an_event_without_a_time_tag_has_no_time(self) -> None:
        for event in get_args(events.Event):
            for field in fields(event):
                if field.name == "time" and event is not events.ReadMarkerReceived:
                    with self.subTest(event):
                        self.assertIsNone(field.default)

    def test_all_events_but_messages_are_immutable(self) -> None:
        frozen = {each for each in get_args(events.Event) if each.__dataclass_params__.frozen}
        self.assertEqual({events.MessageReceived}, set(get_args(events.Event)) - frozen)

    def test_pages_are_equal_whatever_their_label(self) -> None:
        self.assertEqual(events.HistoryPage("#c", (), label="1"), events.HistoryPage("#c", (), label="2"))
