"""Passwords that are remembered: found before a login, kept after one that worked, told about, in no log."""

from __future__ import annotations

import io
import logging
from queue import SimpleQueue
from typing import Any
from unittest import mock

from chatapp.client.local.password_store import StoreUnavailable
from chatapp.client.local.passwords import PasswordFound, Passwords, PasswordStored
from chatapp.client.login import Login
from chatapp.client.transport import link
from tests.client.base import ClientTest
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
        self.kept: dict[tuple[str, str], str] = {}

    def get(self, server: str, name: str) -> str:
        self._check()
        return self.kept.get((server, name), "")

    def put(self, server: str, name: str, password: str) -> None:
        self._check()
        self.kept[server, name] = password

    def delete(self, server: str, name: str) -> None:
        self._check()
        self.kept.pop((server, name), None)

    def _check(self) -> None:
        if not self.works:
            raise StoreUnavailable


class Keeping(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.system, self.file = FakeStore("in the keyring"), FakeStore("in a file")
        self.passwords = Passwords([self.system, self.file])
        self.inbox: SimpleQueue[Any] = SimpleQueue()

    def item(self) -> Any:
        return self.inbox.get(timeout=PATIENCE)

    def test_one_is_kept_in_the_best_place_and_found_again_however_its_name_is_written(self) -> None:
        self.passwords.store(LOGIN, self.inbox)
        self.assertEqual(self.item(), PasswordStored(LOGIN, "in the keyring"))
        self.assertEqual(self.system.kept, {("chat.example:5000", "ana"): "correct horse"})
        self.assertEqual(self.file.kept, {})
        again = Login("chat.example", 5000, "ana", remember=True)
        self.passwords.find(again, self.inbox)
        self.assertEqual(self.item(), PasswordFound(again, "correct horse"))

    def test_where_the_best_place_does_not_work_the_next_one_is_taken_and_told(self) -> None:
        self.system.works = False
        self.passwords.store(LOGIN, self.inbox)
        self.assertEqual(self.item().location, "in a file")
        self.passwords.find(LOGIN, self.inbox)
        self.assertEqual(self.item().password, "correct horse")

    def test_once_the_best_place_works_again_the_other_one_holds_nothing(self) -> None:
        self.file.kept["chat.example:5000", "ana"] = "old"
        self.passwords.store(LOGIN, self.inbox)
        self.assertEqual((self.item().location, self.file.kept), ("in the keyring", {}))

    def test_where_there_is_no_place_that_is_told(self) -> None:
        self.system.works = self.file.works = False
        for passwords in (self.passwords, Passwords()):
            passwords.store(LOGIN, self.inbox)
            self.assertEqual(self.item(), PasswordStored(LOGIN, ""))
            passwords.find(LOGIN, self.inbox)
            self.assertEqual(self.item(), PasswordFound(LOGIN, ""))
        self.assertEqual((self.passwords.location, Passwords().location), ("in the keyring", ""))

    def test_an_account_is_told_from_the_nick_of_the_moment(self) -> None:
        self.passwords.store(Login("h", 1, "ana_2", "secret", account="ana"), self.inbox)
        self.item()
        self.assertEqual(self.system.kept, {("h:1", "ana"): "secret"})

    def test_what_is_reported_shows_no_password(self) -> None:
        self.assertNotIn(
            "horse", repr(PasswordFound(LOGIN, "correct horse")) + repr(PasswordStored(LOGIN, "in a file"))
        )


class Clients(ClientTest):
    def passwords(self) -> Passwords:
        return Passwords([self.place])

    def setUp(self) -> None:
        self.place = FakeStore("in the keyring")
        super().setUp()
        start = mock.patch("chatapp.client.local.passwords._start", lambda work: work())
        start.start()
        self.addCleanup(start.stop)
        self.logged = io.StringIO()
        root, handler = logging.getLogger(), logging.StreamHandler(self.logged)
        self.addCleanup(root.setLevel, root.level)
        root.setLevel(logging.DEBUG)
        root.addHandler(handler)
        self.addCleanup(root.removeHandler, handler)

    def log_in(self, login: Login) -> None:
        """Connect and log in; the server believes any password."""
        self.client.connect(login)
        self.client.poll(None)
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.hears(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +")
        self.hears(":srv 900 * *!*@* ana :logged in", ":srv 903 * :success", ":srv 001 ana :Welcome")

    def told(self) -> list[str]:
        server = self.client.network.server()
        return [entry.text for entry in server.entries] if server else []

    def test_a_password_that_worked_is_kept_and_the_person_is_told_where_once(self) -> None:
        self.log_in(LOGIN)
        self.client.poll(None)
        self.assertEqual(list(self.place.kept.values()), ["correct horse"])
        self.assertIn("Your password is stored in the keyring.", self.told())
        self.place.kept.clear()
        self.loses()
        self.passes(1)
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.hears(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +")
        self.hears(":srv 900 * *!*@* ana :logged in", ":srv 903 * :success", ":srv 001 ana :Welcome")
        self.assertEqual(self.place.kept, {})
        self.assertNotIn("horse", self.logged.getvalue())

    def test_one_that_was_refused_is_not_kept(self) -> None:
        self.client.connect(LOGIN)
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.hears(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +", ":srv 904 * :no")
        self.assert_failed("password")
        self.assertEqual(self.place.kept, {})

    def test_one_that_nobody_wants_to_be_remembered_is_not_kept(self) -> None:
        self.log_in(Login("chat.example", 5000, "ana", "correct horse"))
        self.assertEqual(self.place.kept, {})

    def test_one_that_is_kept_is_found_and_used_and_not_kept_again(self) -> None:
        self.place.kept["chat.example:5000", "ana"] = "correct horse"
        login = Login("chat.example", 5000, "ana", remember=True)
        self.client.connect(login)
        self.assertEqual((self.client.network.state, self.links), ("connecting", []))
        self.log_in(login)
        self.assertEqual("correct horse", self.client.login.password)
        self.assertFalse([words for words in self.told() if "stored" in words])

    def test_where_none_is_found_it_goes_on_without(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana", remember=True))
        self.client.poll(None)
        self.assertEqual(("", 1), (self.client.login.password, len(self.links)))

    def test_who_does_not_wait_for_it_is_not_connected_by_it(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana", remember=True))
        self.client.cancel()
        self.client.poll(None)
        self.assertEqual([], self.links)
        self.client.connect(Login("chat.example", 5000, "ana", remember=True))
        self.client.connect(Login("other.example", 5000, "ana"))
        self.client.poll(None)
        self.assertEqual(["other.example"], [wire.target.host for wire in self.links])

    def test_where_it_cannot_be_kept_that_is_told(self) -> None:
        self.place.works = False
        self.log_in(LOGIN)
        self.client.poll(None)
        self.assertIn("Your password could not be stored. You must enter it again next time.", self.told())
