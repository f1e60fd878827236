"""The key of the owner: made once, kept in the best store that works, and replaced when it is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from chatapp.client.local.owner_key import NoKeyStore, owner_key
from chatapp.client.local.password_store import PasswordStore, StoreUnavailable
from tests.errors import Quiet


class Memory:
    """A password store that can be locked."""

    location = "in memory"

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get(self, server: str, name: str) -> str:
        self._check()
        return self.entries.get((server, name), "")

    def put(self, server: str, name: str, password: str) -> None:
        self._check()
        self.entries[server, name] = password

    def delete(self, server: str, name: str) -> None:
        self._check()
        self.entries.pop((server, name), None)

    def _check(self) -> None:
        if self.is_locked:
            raise StoreUnavailable


class Keys(Quiet):
    def setUp(self) -> None:
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.legacy = Path(directory.name) / "owner-password"
        self.keyring, self.file = Memory(), Memory()

    def key(self, data: str = "data") -> str:
        stores: list[PasswordStore] = [self.keyring, self.file]
        return owner_key(stores, Path(data), self.legacy)

    def test_it_is_the_same_every_time(self) -> None:
        self.assertEqual(self.key(), self.key())
        self.assertEqual(1, len(self.keyring.entries))
        self.assertEqual({}, self.file.entries)

    def test_each_data_folder_has_its_own(self) -> None:
        self.assertNotEqual(self.key("one"), self.key("two"))

    def test_while_the_keyring_is_locked_the_file_keeps_it(self) -> None:
        self.keyring.is_locked = True
        self.assertEqual(self.key(), self.key())
        self.assertEqual(1, len(self.file.entries))

    def test_a_key_that_no_store_can_return_is_replaced(self) -> None:
        first = self.key()
        self.keyring.is_locked = True
        self.assertNotEqual(first, self.key())

    def test_without_a_store_that_works_there_is_no_key(self) -> None:
        self.keyring.is_locked = self.file.is_locked = True
        with self.assertRaisesRegex(NoKeyStore, "cannot be stored"):
            self.key()

    def test_a_password_of_the_first_version_stays_in_its_file_until_it_is_stored(self) -> None:
        self.legacy.write_text("abcd-efgh-abcd-efgh\n")
        self.keyring.is_locked = self.file.is_locked = True
        with self.assertRaises(NoKeyStore):
            self.key()
        self.assertTrue(self.legacy.exists())
        self.keyring.is_locked = False
        self.assertEqual("abcd-efgh-abcd-efgh", self.key())
        self.assertFalse(self.legacy.exists())
        self.assertEqual("abcd-efgh-abcd-efgh", self.key())

    def test_an_unreadable_password_of_the_first_version_is_none(self) -> None:
        self.legacy.mkdir()
        with self.assertLogs("chatapp", "WARNING"):
            self.assertGreaterEqual(len(self.key()), 30)
