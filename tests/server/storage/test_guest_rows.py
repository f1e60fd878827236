"""Stored guests."""

from __future__ import annotations

import unittest

from chatapp.server.state.guest_nicks import AbsentGuest
from chatapp.server.storage import guest_rows, marker_rows
from chatapp.server.storage.database import Database

STARTED = 100


class Guests(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def store(self, *guests: AbsentGuest) -> None:
        self.database.write([guest_rows.upsert(each) for each in guests])

    def load(self) -> list[AbsentGuest]:
        return guest_rows.load_all(self.database, STARTED)

    def test_guests_are_loaded_in_the_order_in_which_they_left(self) -> None:
        ann, bob = AbsentGuest("!~1", "ann", "h", 20), AbsentGuest("!~2", "bob", "h", 10)
        self.store(ann, bob)
        self.assertEqual(self.load(), [bob, ann])

    def test_who_was_connected_or_left_in_the_future_left_at_the_start(self) -> None:
        self.store(AbsentGuest("!~1", "ann", "h", 0), AbsentGuest("!~2", "bob", "h", 900))
        self.assertEqual([each.since for each in self.load()], [STARTED, STARTED])

    def test_a_guest_is_deleted_with_its_markers(self) -> None:
        self.store(AbsentGuest("!~1", "ann", "h", 0))
        self.database.write([marker_rows.upsert("!~1", "#1", 10), marker_rows.upsert("=bob", "#1", 10)])
        self.database.write(guest_rows.delete("!~1"))
        self.assertEqual(self.load(), [])
        self.assertEqual(marker_rows.load_all(self.database), {"=bob": {"#1": 10}})
