"""Guests who come back: their names, their messages, and what becomes of them with an account."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from chatapp.client.client import Client
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport.certificates import TrustedCertificates
from tests.live.test_messages import PASSWORD, MessagesTest


class Guests(MessagesTest):
    def refusal(self, name: str) -> ConnectFailed:
        """Try to connect a new client, and return why the server refuses it."""
        client = Client(self.folder / "unused.log", TrustedCertificates())
        self.addCleanup(client.close)
        client.prefs = ConversationPrefs(Settings())
        client.connect(Login("127.0.0.1", self.server.port, name, display_name=name.title()))
        failures: list[ConnectFailed] = []
        while not failures:
            failures += [each for each in client.poll(budget=None) if isinstance(each, ConnectFailed)]
        return failures[0]

    def test_a_guest_gets_its_name_back_and_others_are_offered_another_one(self) -> None:
        settings = Settings()
        self.device("ben", settings).close()
        self.server.stop()
        self.start(self.server.port)
        refused = self.refusal("ben")
        self.assertEqual("The name ben is kept for a guest who was here before.", refused.reason)
        self.assertEqual(("name-taken", "ben_2"), (refused.kind, refused.suggestion))
        self.device("ben_2")
        self.assertEqual("ben", self.device("ben", settings).client.network.nick)

    def test_a_guest_changes_and_deletes_what_it_wrote_before(self) -> None:
        settings = Settings()
        ana, ben = self.device("ana"), self.device("ben", settings)
        for text in ("helo", "oops"):
            ben.say(text)
        changed, deleted = ana.entry("helo"), ana.entry("oops")
        ben.close()
        ben = self.device("ben", settings)
        self.assertIsNone(ben.client.edit(ben.conversation(), ben.entry("helo"), "hello"))
        ben.client.delete(ben.conversation(), ben.entry("oops"))
        ben.close()
        ana.until(lambda: changed.text == "hello" and deleted.deleted_by == "ben")

    def test_a_guest_who_protects_its_name_keeps_its_messages(self) -> None:
        ana, ben = self.device("ana"), self.device("ben")
        ana.client.run(ana.conversation(), "/msg ben hello")
        ben.entry("hello", "ana")
        ben.say("from a guest")
        written = ana.entry("from a guest")
        ben.client.account.protect(PASSWORD)
        ben.until(lambda: ben.client.network.account == "ben")
        ben.close()
        phone = self.device("ben", Settings(seen={"x": 1}), PASSWORD)
        phone.client.run(phone.conversation(), "/query ana")
        phone.entry("hello", "ana")
        phone.client.delete(phone.conversation(), phone.entry("from a guest"))
        phone.close()
        ana.until(lambda: written.deleted_by == "ben")


class WithoutReservedNames(MessagesTest):
    CONFIG = f"{MessagesTest.CONFIG}\n[accounts]\nguest_nick_hours = 0"

    def test_two_guests_find_their_direct_messages_again_and_nobody_else_does(self) -> None:
        settings = Settings(), Settings()
        ana, ben = self.device("ana", settings[0]), self.device("ben", settings[1])
        ben.client.run(ben.conversation(), "/msg ana hello")
        ana.entry("hello", "ben")
        ana.close()
        ben.close()
        ana, ben = self.device("ana", settings[0]), self.device("ben", settings[1])
        ana.entry("hello", "ben")
        ben.entry("hello", "ana")
        ben.close()
        stranger = self.device("ben")
        stranger.client.run(stranger.conversation(), "/msg ana it is me")
        stranger.entry("it is me", "ana")
        ana.entry("it is me", "ben")
        texts = [each.text for each in stranger.conversation("ana").entries]
        self.assertNotIn("hello", texts)


class OtherServers(MessagesTest):
    """The key of a guest is for one chat: no other one learns it."""

    def setUp(self) -> None:
        super().setUp()
        self.trusted = TrustedCertificates(self.folder / "trusted.json")
        self.settings = Settings()

    def connect_again(self) -> Client:
        """Connect the user to what listens at the address now, and wait for the outcome."""
        client = Client(self.folder / "unused.log", self.trusted)
        self.addCleanup(client.close)
        client.prefs = ConversationPrefs(self.settings)
        client.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.failures: list[ConnectFailed] = []
        self.await_outcome(client)
        return client

    def await_outcome(self, client: Client) -> None:
        while client.network.state != "online" and not self.failures:
            self.failures += [each for each in client.poll(budget=None) if isinstance(each, ConnectFailed)]

    def guests(self) -> set[str]:
        """Return the guests that the server knows."""
        with closing(sqlite3.connect(self.data / "chatapp.db")) as database:
            return {identity for (identity,) in database.execute("SELECT identity FROM guests")}

    def test_another_chat_at_its_address_gets_another_key(self) -> None:
        self.connect_again().close()
        first, port = self.guests(), self.server.port
        self.server.stop()
        self.data = self.folder / "other"
        self.start(port)
        client = self.connect_again()
        self.assertEqual(["certificate"], [each.kind for each in self.failures])
        problem = self.failures[0].certificate_problem
        assert problem
        self.trusted.trust("127.0.0.1", port, problem.fingerprint)
        self.assertEqual(set(), self.guests())
        self.failures.clear()
        client.connect(client.login)
        self.await_outcome(client)
        self.assertEqual((1, 1), (len(first), len(self.guests())))
        self.assertNotEqual(first, self.guests())

    def test_a_server_without_tls_at_its_address_gets_no_key(self) -> None:
        self.connect_again().close()
        port = self.server.port
        self.server.stop()
        self.data = self.folder / "other"
        self.CONFIG = f'{self.CONFIG}\n[tls]\nmode = "off"'
        self.start(port)
        self.connect_again()
        self.assertEqual(set(), self.guests())
