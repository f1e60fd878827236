"""The stored password of a login: found before connecting, stored once the server has accepted it."""

from __future__ import annotations

import io
import logging
from unittest import mock

from chatapp.client.local.passwords import Passwords
from chatapp.client.local.saved_servers import SavedServer
from chatapp.client.local.server_process import ServerStarted
from chatapp.client.login import Login
from chatapp.client.transport import link
from chatapp.protocol.invite_links import Invite
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
        """Connect and log in; the server accepts any password."""
        self.client.connect(login)
        self.client.poll(None)
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.receive(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +")
        self.receive(":srv 900 * *!*@* ana :logged in", ":srv 903 * :success", ":srv 001 ana :Welcome")

    def notes(self) -> list[str]:
        server = self.client.network.server()
        return [entry.text for entry in server.entries] if server else []

    def test_after_a_disconnect_a_password_that_is_found_connects_to_nothing(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana", remember=True))
        self.client.disconnect()
        self.client.poll(None)
        self.assertEqual(("offline", []), (self.client.network.state, self.links))

    def test_while_a_server_is_being_started_a_password_that_is_found_connects_to_nothing(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana", remember=True))
        with mock.patch("chatapp.client.local.local_server.ServerProcess"):
            self.client.start_server(Login("", 5000, "ana"))
            self.client.poll(None)
        self.assertEqual(("connecting", []), (self.client.network.state, self.links))

    def test_the_password_moves_with_the_server_of_this_computer(self) -> None:
        pin = "ab" * 32
        self.place.stored["127.0.0.1:5000", "ana"] = "correct horse"
        login = Login("127.0.0.1", 5000, "ana", pin=pin, remember=True)
        saved = SavedServer("127.0.0.1:5000", login, "Tea Club", is_local=True, keeps_running=True)
        with mock.patch("chatapp.client.local.local_server.ServerProcess") as process:
            self.client.resume(saved, self.client.network)
            link_of_chat = Invite("192.0.2.7", 5001, pin=pin)
            process.call_args.args[0].put(
                ServerStarted(process.return_value, "127.0.0.1", 5001, was_started=True, link=link_of_chat)
            )
            self.client.poll(None)
            self.client.poll(None)
            self.assertEqual("127.0.0.1:5000", self.client.key)
            self.assertEqual({("127.0.0.1:5000", "ana"): "correct horse"}, self.place.stored)
            self.put(link.LinkConnected(self.link, encrypted=True))
            self.receive(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +")
            self.receive(":srv 900 * *!*@* ana :logged in", ":srv 903 * :success", ":srv 001 ana :Welcome")
        self.assertEqual(("127.0.0.1", 5001), (self.link.target.host, self.link.target.port))
        self.assertEqual({("127.0.0.1:5001", "ana"): "correct horse"}, self.place.stored)
        [again] = self.client.servers()
        self.assertEqual(("127.0.0.1:5000", "127.0.0.1:5001"), (again.key, again.login.address))
        self.assertTrue(again.is_local and again.keeps_running)

    def test_an_accepted_password_is_stored_and_the_user_is_notified_once(self) -> None:
        self.log_in(LOGIN)
        self.client.poll(None)
        self.assertEqual(list(self.place.stored.values()), ["correct horse"])
        self.assertIn("Your password is stored in the keyring.", self.notes())
        self.place.stored.clear()
        self.lose_connection()
        self.pass_time(1)
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.receive(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +")
        self.receive(":srv 900 * *!*@* ana :logged in", ":srv 903 * :success", ":srv 001 ana :Welcome")
        self.assertEqual(self.place.stored, {})
        self.assertNotIn("horse", self.logged.getvalue())

    def test_a_refused_password_is_not_stored(self) -> None:
        self.client.connect(LOGIN)
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.receive(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +", ":srv 904 * :no")
        self.assert_failed("password")
        self.assertEqual(self.place.stored, {})

    def test_a_password_that_is_not_to_be_remembered_is_not_stored(self) -> None:
        self.log_in(Login("chat.example", 5000, "ana", "correct horse"))
        self.assertEqual(self.place.stored, {})

    def test_a_stored_password_is_found_and_used_and_not_stored_again(self) -> None:
        self.place.stored["chat.example:5000", "ana"] = "correct horse"
        login = Login("chat.example", 5000, "ana", remember=True)
        self.client.connect(login)
        self.assertEqual((self.client.network.state, self.links), ("connecting", []))
        self.log_in(login)
        self.assertEqual("correct horse", self.client.login.password)
        self.assertFalse([words for words in self.notes() if "stored" in words])

    def test_if_none_is_stored_the_client_connects_without(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana", remember=True))
        self.client.poll(None)
        self.assertEqual(("", 1), (self.client.login.password, len(self.links)))

    def test_a_cancelled_lookup_connects_to_nothing(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana", remember=True))
        self.client.cancel()
        self.client.poll(None)
        self.assertEqual([], self.links)
        self.client.connect(Login("chat.example", 5000, "ana", remember=True))
        self.client.connect(Login("other.example", 5000, "ana"))
        self.client.poll(None)
        self.assertEqual(["other.example"], [wire.target.host for wire in self.links])

    def test_the_user_is_notified_if_the_password_cannot_be_stored(self) -> None:
        self.place.works = False
        self.log_in(LOGIN)
        self.client.poll(None)
        self.assertIn("Your password could not be stored. You must enter it again next time.", self.notes())
