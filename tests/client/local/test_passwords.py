"""Stored passwords: looked up before a login, stored after a successful one, and never logged."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

from chatapp.client.local.password_store import StoreUnavailable
from chatapp.client.local.passwords import PasswordFound, Passwords, PasswordStored
from chatapp.client.login import Login
from tests.client.transport.authority import PATIENCE
from tests.errors import Quiet

LOGIN = Login("Chat.example", 5000, "Ana", "correct horse", remember=True)


class FakeStore:
    """A store in memory.

    Args:
        works: Whether the store is available.
    """

    def __init__(self, location: str, works: bool = True) -> None:
        self.location = location
        self.works = works
        self.stored: dict[tuple[str, str], str] = {}

    def get(self, server: str, name: str) -> str:
        self._check()
        return self.stored.get((server, name), "")

    def put(self, server: str, name: str, password: str) -> None:
        self._check()
        self.stored[server, name] = password

    def delete(self, server: str, name: str) -> None:
        self._check()
        self.stored.pop((server, name), None)

    def _check(self) -> None:
        if not self.works:
            raise StoreUnavailable


class Storing(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.system, self.file = FakeStore("in the keyring"), FakeStore("in a file")
        self.passwords = Passwords([self.system, self.file])
        self.inbox: SimpleQueue[Any] = SimpleQueue()

    def item(self) -> Any:
        return self.inbox.get(timeout=PATIENCE)

    def test_a_password_is_stored_in_the_best_store_and_found_in_any_letter_case(self) -> None:
        self.passwords.store(LOGIN, self.inbox)
        self.assertEqual(self.item(), PasswordStored(LOGIN, "in the keyring"))
        self.assertEqual(self.system.stored, {("chat.example:5000", "ana"): "correct horse"})
        self.assertEqual(self.file.stored, {})
        again = Login("chat.example", 5000, "ana", remember=True)
        self.passwords.find(again, self.inbox)
        self.assertEqual(self.item(), PasswordFound(again, "correct horse"))

    def test_if_the_best_store_is_unavailable_the_next_one_is_used_and_named(self) -> None:
        self.system.works = False
        self.passwords.store(LOGIN, self.inbox)
        self.assertEqual(self.item().location, "in a file")
        self.passwords.find(LOGIN, self.inbox)
        self.assertEqual(self.item().password, "correct horse")

    def test_once_the_best_store_works_again_the_other_one_is_empty(self) -> None:
        self.file.stored["chat.example:5000", "ana"] = "old"
        self.passwords.store(LOGIN, self.inbox)
        self.assertEqual((self.item().location, self.file.stored), ("in the keyring", {}))

    def test_without_a_store_the_result_is_empty(self) -> None:
        self.system.works = self.file.works = False
        for passwords in (self.passwords, Passwords()):
            passwords.store(LOGIN, self.inbox)
            self.assertEqual(self.item(), PasswordStored(LOGIN, ""))
            passwords.find(LOGIN, self.inbox)
            self.assertEqual(self.item(), PasswordFound(LOGIN, ""))
        self.assertEqual((self.passwords.location, Passwords().location), ("in the keyring", ""))

    def test_a_password_belongs_to_the_account_and_not_to_the_nick(self) -> None:
        self.passwords.store(Login("h", 1, "ana_2", "secret", account="ana"), self.inbox)
        self.item()
        self.assertEqual(self.system.stored, {("h:1", "ana"): "secret"})

    def test_reported_values_show_no_password(self) -> None:
        self.assertNotIn(
            "horse", repr(PasswordFound(LOGIN, "correct horse")) + repr(PasswordStored(LOGIN, "in a file"))
        )
