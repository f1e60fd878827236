"""Single values, stored under a name."""

from __future__ import annotations

import unittest

from chatapp.server.state.live_settings import LiveSettings
from chatapp.server.storage import settings
from chatapp.server.storage.database import Database


class Settings(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def test_a_setting_that_was_never_stored_is_none(self) -> None:
        self.assertIsNone(settings.read(self.database, settings.LOCKED))

    def test_upsert_replaces_an_earlier_value(self) -> None:
        self.database.write([settings.upsert("colour", b"red")])
        self.database.write([settings.upsert("colour", b"")])
        self.assertEqual(settings.read(self.database, "colour"), b"")

    def test_add_does_not_replace_an_earlier_value(self) -> None:
        self.database.write([settings.add("colour", b"red")])
        self.database.write([settings.add("colour", b"blue")])
        self.assertEqual(settings.read(self.database, "colour"), b"red")

    def test_live_settings_are_loaded_as_they_were_stored(self) -> None:
        self.assertEqual(settings.live_settings(self.database), LiveSettings())
        live = LiveSettings("Room 12", "invite", False)
        self.database.write([settings.upsert_live_settings(live)])
        self.assertEqual(settings.live_settings(self.database), live)

    def test_deleted_files_are_listed_in_order_until_they_are_forgotten(self) -> None:
        self.database.write([settings.add_deleted_file("b", 5), settings.add_deleted_file("a", 10)])
        self.assertEqual(settings.deleted_files(self.database, 5), ["b", "a"])
        self.assertEqual(settings.deleted_files(self.database, 1), ["b"])
        self.database.write([settings.forget_deleted_files(["b"])])
        self.assertEqual(settings.deleted_files(self.database, 5), ["a"])

    def test_the_listening_addresses_are_loaded(self) -> None:
        self.assertIsNone(settings.listening(self.database))
        addresses = [("192.0.2.7", 5000), ("::", 6697)]
        self.database.write([settings.upsert_listening(addresses)])
        self.assertEqual(settings.listening(self.database), addresses)
