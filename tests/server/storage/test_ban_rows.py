"""Stored bans of the server."""

from __future__ import annotations

import unittest

from chatapp.server.state.bans import Ban
from chatapp.server.storage import ban_rows
from chatapp.server.storage.database import Database

EVE = Ban("eve!*@*", "spam", "ann", 20, 0)
NETWORK = Ban("192.0.2.0/24", "flood", "bob", 10, 90)


class Bans(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)
        self.database.write([ban_rows.upsert(EVE), ban_rows.upsert(NETWORK)])

    def test_bans_are_loaded_oldest_first(self) -> None:
        self.assertEqual(ban_rows.load_all(self.database), [NETWORK, EVE])

    def test_a_new_ban_replaces_one_of_the_same_mask(self) -> None:
        longer = EVE._replace(reason="more spam", until=500)
        self.database.write([ban_rows.upsert(longer)])
        self.assertEqual(ban_rows.load_all(self.database), [NETWORK, longer])

    def test_a_deleted_ban_is_gone(self) -> None:
        self.database.write([ban_rows.delete(EVE)])
        self.assertEqual(ban_rows.load_all(self.database), [NETWORK])
