"""Stored read markers."""

from __future__ import annotations

import unittest

from chatapp.server.storage import marker_rows
from chatapp.server.storage.database import Database


class Markers(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def test_markers_are_loaded_by_identity_and_target(self) -> None:
        self.database.write([
            marker_rows.upsert("=ann", "#1", 10), marker_rows.upsert("=ann", "#2", 20),
            marker_rows.upsert("=bob", "#1", 15),
        ])  # fmt: skip
        self.assertEqual(
            marker_rows.load_all(self.database), {"=ann": {"#1": 10, "#2": 20}, "=bob": {"#1": 15}}
        )
        self.assertEqual(marker_rows.last_time(self.database), 20)

    def test_a_marker_never_moves_back(self) -> None:
        """Two sessions of an account may send markers in a different order than they read."""
        self.database.write([marker_rows.upsert("=ann", "#1", 10), marker_rows.upsert("=ann", "#1", 5)])
        self.assertEqual(marker_rows.load_all(self.database), {"=ann": {"#1": 10}})

    def test_without_markers_the_last_time_is_zero(self) -> None:
        self.assertEqual(marker_rows.last_time(self.database), 0)
