"""The secrets of a server: the key of the cloaks, the owner's password and keys."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.protocol.credentials import Credentials
from chatapp.server.storage import settings
from chatapp.server.storage.database import Database
from chatapp.server.storage.first_start import (
    CLOAK_SECRET_BYTES,
    MAX_OWNER_KEYS,
    cloak_secret,
    has_owner,
    is_owner_key,
    owner_password,
    store_owner_key,
    write_password,
)


class FirstStart(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def test_the_cloak_key_is_created_once(self) -> None:
        secret = cloak_secret(self.database)
        self.assertEqual(len(secret), CLOAK_SECRET_BYTES)
        self.assertEqual(cloak_secret(self.database), secret)

    def test_two_servers_have_different_keys(self) -> None:
        other = Database(":memory:")
        self.addCleanup(other.close)
        self.assertNotEqual(cloak_secret(self.database), cloak_secret(other))

    def test_the_owner_password_is_returned_at_the_first_start_only(self) -> None:
        self.assertRegex(owner_password(self.database), r"^([a-z2-9]{4}-){3}[a-z2-9]{4}$")
        self.assertEqual(owner_password(self.database), "")

    def test_only_its_hash_is_stored(self) -> None:
        password = owner_password(self.database)
        stored = (settings.read(self.database, settings.OWNER_CREDENTIALS) or b"").decode()
        self.assertNotIn(password, stored)
        self.assertTrue(Credentials.parse(stored).matches(password))

    def test_the_owner_has_several_keys_and_those_stored_last_stay_valid(self) -> None:
        keys = [f"key number {number}" for number in range(MAX_OWNER_KEYS + 2)]
        with mock.patch("time.time_ns", side_effect=range(10**18, 2 * 10**18, 10**7)):
            self.assertEqual([True] * MAX_OWNER_KEYS, [self.store(key) for key in keys[:MAX_OWNER_KEYS]])
            self.assertFalse(self.store(keys[0]), "it is known, and used now")
            self.assertEqual([True, True], [self.store(key) for key in keys[MAX_OWNER_KEYS:]])
        gone = [key for key in keys if not is_owner_key(self.database, key)]
        self.assertEqual(keys[1:3], gone)

    def test_the_only_key_of_an_earlier_version_is_an_owner_until_a_window_stores_its_own(self) -> None:
        self.assertFalse(has_owner(self.database))
        self.database.write([settings.upsert(settings.OWNER_KEY, b"its hash")])
        self.assertTrue(has_owner(self.database))
        self.store("the key of the owner")
        self.assertIsNone(settings.read(self.database, settings.OWNER_KEY))
        self.assertTrue(has_owner(self.database))

    def store(self, key: str) -> bool:
        return store_owner_key(self.database, key)


class PasswordFile(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_only_its_owner_can_read_the_file(self) -> None:
        file = self.folder / "password"
        self.assertTrue(write_password("abcd-efgh", file))
        self.assertEqual(file.read_text(), "abcd-efgh\n")
        if os.name == "posix":
            self.assertEqual(file.stat().st_mode & 0o077, 0)

    def test_a_file_that_cannot_be_written_is_logged(self) -> None:
        with self.assertLogs("chatapp.server.storage.first_start", "ERROR") as logs:
            self.assertFalse(write_password("abcd-efgh", self.folder / "none" / "password"))
        self.assertNotIn("abcd", logs.output[0])
