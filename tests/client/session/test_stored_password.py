"""The stored password of a login: found before connecting, stored once the server has accepted it."""

from __future__ import annotations

import io
import logging
from unittest import mock

from chatapp.client.local.passwords import Passwords
from chatapp.client.login import Login
from chatapp.client.transport import link
from tests.client.base import ClientTest
from tests.client.local.test_passwords import FakeStore

LOGIN = Login("Chat.example", 5000, "Ana", "correct horse", remember=True)


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
