"""Created at the first start: the key of the cloaks and the owner's password."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from chatapp.protocol.credentials import Credentials
from chatapp.server.storage import settings
from chatapp.server.storage.database import Database
from chatapp.server.storage.first_start import (
    CLOAK_SECRET_BYTES,
    cloak_secret,
    owner_password,
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
