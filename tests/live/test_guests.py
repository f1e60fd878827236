"""Guests who come back: their names, their messages, and what becomes of them with an account."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing

from chatapp.client.client import Client
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.protocol.invite_links import Invite
from tests.live.base import DEADLINE, PYTHON, ROOT
from tests.live.test_messages import PASSWORD, MessagesTest
from tests.waiting import wait_until


class GuestsTest(MessagesTest):
    def setUp(self) -> None:
        super().setUp()
        self.trusted = TrustedCertificates(self.folder / "trusted.json")

    def try_to_connect(
        self, name: str, settings: Settings | None = None, code: str = ""
    ) -> tuple[Client, ConnectFailed | None]:
        """Connect a client; return it with the refusal, None if it is online.

        Args:
            settings: What it has stored in earlier runs; by default it is that of somebody else.
        """
        client = Client(self.folder / "unused.log", self.trusted)
        self.addCleanup(client.close)
        client.prefs = ConversationPrefs(settings or Settings())
        login = Login("127.0.0.1", self.server.port, name, display_name=name.title(), code=code)
        return client, self.outcome(client, login)

    def outcome(self, client: Client, login: Login) -> ConnectFailed | None:
        client.connect(login)
        failures: list[ConnectFailed] = []

        def is_decided() -> bool:
            failures.extend(each for each in client.poll(budget=None) if isinstance(each, ConnectFailed))
            return bool(failures) or client.network.state == "online"

        wait_until(is_decided, "the server has answered")
        return failures[0] if failures else None


class Guests(GuestsTest):
    def test_a_guest_gets_its_name_back_and_others_are_offered_another_one(self) -> None:
        settings = Settings()
        self.device("ben", settings).close()
        self.server.stop()
        self.start(self.server.port)
        _, refused = self.try_to_connect("ben")
        assert refused
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


class Invited(GuestsTest):
    CONFIG = f"{MessagesTest.CONFIG}\n[accounts]\ninvite_only = true"

    def code(self) -> str:
        """Return a new invite code for one person."""
        command = [*PYTHON, str(ROOT / "run_server.py"), "invite", "--code", "--data", str(self.data)]
        done = subprocess.run(command, text=True, check=True, capture_output=True, cwd=ROOT, timeout=DEADLINE)
        return Invite.parse(done.stdout).code

    def test_a_used_code_admits_the_same_guest_and_nobody_else_at_its_address(self) -> None:
        code, settings = self.code(), Settings()
        client, refused = self.try_to_connect("ana", settings, code)
        self.assertIsNone(refused)
        for name in ("ana", "ana_"):
            _, refused = self.try_to_connect(name, code=code)
            assert refused
            self.assertEqual("code", refused.kind)
        client.close()
        self.server.stop()
        self.start(self.server.port)
        _, refused = self.try_to_connect("ana", code=code)
        assert refused
        self.assertEqual("code", refused.kind)
        _, refused = self.try_to_connect("anna", settings, code)
        self.assertIsNone(refused)


class OtherServers(GuestsTest):
    """The key of a guest is for one chat: no other one learns it."""

    def guests(self) -> set[str]:
        """Return the guests that the server knows."""
        with closing(sqlite3.connect(self.data / "chatapp.db")) as database:
            return {identity for (identity,) in database.execute("SELECT identity FROM guests")}

    def test_another_chat_at_its_address_gets_another_key(self) -> None:
        settings = Settings()
        self.try_to_connect("ana", settings)[0].close()
        first, port = self.guests(), self.server.port
        self.server.stop()
        self.data = self.folder / "other"
        self.start(port)
        client, failed = self.try_to_connect("ana", settings)
        assert failed and failed.certificate_problem
        self.assertEqual(set(), self.guests())
        self.trusted.trust("127.0.0.1", port, failed.certificate_problem.fingerprint)
        self.assertIsNone(self.outcome(client, client.login))
        self.assertEqual((1, 1), (len(first), len(self.guests())))
        self.assertNotEqual(first, self.guests())

    def test_a_server_without_tls_at_its_address_gets_no_key(self) -> None:
        settings = Settings()
        self.try_to_connect("ana", settings)[0].close()
        port = self.server.port
        self.server.stop()
        self.data = self.folder / "other"
        self.CONFIG = f'{self.CONFIG}\n[tls]\nmode = "off"'
        self.start(port)
        _, failed = self.try_to_connect("ana", settings)
        self.assertIsNotNone(failed)
        self.assertEqual(set(), self.guests())
