"""SASL logins: what each mechanism sends, when a login is given up, and which servers get no password."""

from __future__ import annotations

import base64
from unittest import mock

from chatapp.client.incoming import events
from chatapp.client.login import Login
from chatapp.client.session.salting import KeyDerived
from chatapp.client.session.sasl import EXCHANGES, PlainExchange, ScramExchange
from chatapp.client.transport import link
from chatapp.client.transport.certificates import ServerTarget
from chatapp.protocol.credentials import Credentials, salt_password
from chatapp.protocol.sasl import MECHANISMS, Plain, Response, SaslError, split_response
from chatapp.protocol.scram import Challenge, KeyDerivation
from chatapp.protocol.scram import ScramClient as ScramLogin
from tests.client.base import ClientTest, FakeLink
from tests.client.session.sessions import PASSWORD, LoginTest

ROUNDS = 4096


class Server:
    """The server side of SCRAM, with one account."""

    def __init__(self, password: str = PASSWORD) -> None:
        self._credentials = Credentials.make(password, b"salt and pepper!", ROUNDS)
        self._response = Response()
        self._challenge: Challenge | None = None
        self.account = ""

    def answers(self, message: str) -> bytes:
        """Return the answer to a line of an exchange.

        Raises:
            SaslError
        """
        response = self._response.feed(message.split()[1])
        assert response is not None
        if self._challenge is None:
            login = ScramLogin.read(response)
            self.account = login.account
            self._challenge = login.challenge(self._credentials, "server-nonce-0123456789")
            return self._challenge.message
        return self._challenge.check(response)


class Scram(LoginTest):
    def prove(self, server: Server) -> bytes:
        """Log in up to the proof and return the answer of the server."""
        self.assertEqual(self.begin(), ["AUTHENTICATE SCRAM-SHA-256"])
        [hello] = self.receive("AUTHENTICATE +")
        self.assertEqual(self.receive_step(server.answers(hello)), [])
        [proof] = self.salted()
        return server.answers(proof)

    def test_each_side_proves_itself_and_the_password_is_not_sent(self) -> None:
        server = Server()
        verdict = self.prove(server)
        self.assertEqual(server.account, "ana")
        self.assertEqual(self.receive_step(verdict), ["AUTHENTICATE +"])
        self.assertEqual(
            self.receive(":srv 900 ana ana!a@h ana :You are now logged in", ":srv 903 ana :success"),
            ["CAP END"],
        )
        self.assertIn(events.LoggedIn("ana"), self.events)
        self.receive(":srv 001 ana :Welcome")
        self.assertEqual(self.events[-2:], [events.Registered("ana"), events.ServerText("Welcome")])

    def test_a_server_with_a_wrong_proof_is_refused(self) -> None:
        verdict = bytearray(self.prove(Server()))
        verdict[5] ^= 1
        self.assertEqual(self.receive_step(bytes(verdict)), ["AUTHENTICATE *"])
        self.assertIn("not the one it claims to be", self.refused())

    def test_a_server_that_skips_its_proof_is_refused(self) -> None:
        self.prove(Server())
        self.assertEqual(self.receive(":srv 903 ana :success"), ["AUTHENTICATE *"])
        self.assertIn("not the one it claims to be", self.refused())

    def test_too_few_rounds_are_refused(self) -> None:
        self.begin()
        self.receive("AUTHENTICATE +")
        challenge = f"r={'n' * 24}more,s={base64.b64encode(b'salt').decode()},i=1".encode()
        self.assertEqual(self.receive_step(challenge), ["AUTHENTICATE *"])
        self.assertIn("1 rounds", self.refused())

    def test_a_text_that_cannot_be_a_password_is_reported(self) -> None:
        self.begin(password="bell\u0007\u00e9")
        [hello] = self.receive("AUTHENTICATE +")
        self.receive_step(Server().answers(hello))
        self.assertEqual(self.salted(), ["AUTHENTICATE *"])
        self.assertEqual(self.refused(), "This password contains characters that are not allowed.")

    def test_a_wrong_password_is_not_tried_with_another_mechanism(self) -> None:
        self.begin()
        [hello] = self.receive("AUTHENTICATE +")
        self.receive_step(Server().answers(hello))
        self.salted()
        self.assertEqual(self.receive(":srv 904 ana :SASL authentication failed"), [])
        self.assertEqual(
            self.refused(), "Wrong password for ana. If this name has no account, leave the password empty."
        )

    def test_the_account_may_differ_from_the_nick(self) -> None:
        server = Server()
        self.begin(account="Ana=B,C")
        [hello] = self.receive("AUTHENTICATE +")
        server.answers(hello)
        self.assertEqual(server.account, "Ana=B,C")


class PlainText(LoginTest):
    def test_account_and_password_are_sent_in_pieces(self) -> None:
        for password in (PASSWORD, "x" * 295, "x" * 1000, "grüße"):
            with self.subTest(len(password)):
                self.assertEqual(self.begin("PLAIN", password=password), ["AUTHENTICATE PLAIN"])
                response, decoded = Response(), None
                for line in self.receive("AUTHENTICATE +"):
                    decoded = response.feed(line.split()[1])
                assert decoded is not None
                self.assertEqual(Plain.read(decoded), Plain("ana", password))
                self.assertEqual(self.receive(":srv 903 ana :success"), ["CAP END"])

    def test_plain_is_used_if_the_server_does_not_support_scram(self) -> None:
        self.assertEqual(self.begin(""), ["AUTHENTICATE SCRAM-SHA-256"])
        self.assertEqual(self.receive(":srv 908 ana PLAIN :are available mechanisms"), [])
        self.assertEqual(self.receive(":srv 904 ana :SASL authentication failed"), ["AUTHENTICATE PLAIN"])

    def test_the_server_s_reason_for_a_refusal_is_reported(self) -> None:
        self.begin("PLAIN")
        self.receive("AUTHENTICATE +", ":srv 904 ana :SASL authentication failed: Too many attempts, wait")
        self.assertEqual(self.refused(), "Too many attempts, wait")


class Table(LoginTest):
    def test_each_mechanism_of_the_client_is_tried_in_order_of_preference(self) -> None:
        self.assertLessEqual(set(EXCHANGES), set(MECHANISMS))
        sent = self.begin(",".join(reversed(EXCHANGES)))
        for name in EXCHANGES:
            with self.subTest(name):
                self.assertEqual(sent, [f"AUTHENTICATE {name}"])
                sent = self.receive(":srv 904 ana :SASL authentication failed")
        self.assertEqual(sent, ["CAP END"])

    def test_a_finished_exchange_accepts_no_further_challenge(self) -> None:
        exchange = PlainExchange("ana", PASSWORD, "n" * 24)
        self.assertEqual(exchange.respond(b""), bytes(Plain("ana", PASSWORD)))
        with self.assertRaises(SaslError):
            exchange.respond(b"")

    def test_a_challenge_while_the_key_is_derived_is_refused(self) -> None:
        exchange = ScramExchange("ana", PASSWORD, "n" * 24)
        hello = ScramLogin.read(exchange.respond(b"") or b"")
        challenge = hello.challenge(Credentials.make(PASSWORD, b"salt and pepper!", ROUNDS), "more").message
        self.assertIsNone(exchange.respond(challenge))
        self.assertIsNotNone(exchange.derivation)
        with self.assertRaises(SaslError):
            exchange.respond(challenge)


class Without(LoginTest):
    unsaid = events.ServerText("This server has no accounts. Your password was not needed and was not sent.")

    def test_a_server_without_sasl_gets_no_password_and_the_user_is_notified(self) -> None:
        for lines in (
            (":srv CAP * LS :batch", ":srv CAP * ACK :batch"),
            (":srv CAP * LS :sasl", ":srv CAP * NAK :sasl"),
            (":srv CAP * LS :sasl=EXTERNAL", ":srv CAP * ACK :sasl"),
            (":srv 421 * CAP :Unknown command",),
        ):
            with self.subTest(lines):
                sent = self.started(Login("h", nick="ana", password=PASSWORD))
                sent += self.receive(*lines, ":srv 001 ana :Welcome")
                self.assertNotIn(PASSWORD, " ".join(sent))
                self.assertFalse([line for line in sent if line.startswith(("PASS", "AUTHENTICATE"))])
                self.assertIn(self.unsaid, self.events)

    def test_without_a_password_no_login_is_tried(self) -> None:
        self.assertEqual(self.receive(":srv CAP * LS :sasl=PLAIN batch"), ["CAP REQ batch"])
        self.receive(":srv 001 ana :Welcome")
        self.assertNotIn(self.unsaid, self.events)

    def test_unexpected_responses_change_nothing(self) -> None:
        self.assertEqual(self.receive("AUTHENTICATE +", ":srv 903 ana :success", ":srv 904 ana :failed"), [])
        self.begin("PLAIN")
        self.assertEqual(self.receive("AUTHENTICATE %%%%"), ["AUTHENTICATE *"])


class Clients(ClientTest):
    """A whole client with a password: which servers get it, and the effects of a refusal."""

    login = Login("chat.example", 5000, "ana", PASSWORD)

    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch("chatapp.client.session.connection.derive_key", self.salt)
        patch.start()
        self.addCleanup(patch.stop)

    def salt(self, inbox: link.Inbox, wire: link.LinkInterface, password: str, task: KeyDerivation) -> None:
        """Derive the key at once instead of on a thread."""
        inbox.put(KeyDerived(wire, salt_password(password, task.salt, task.iterations)))

    def linked_to(self, *, encrypted: bool, here: bool) -> None:
        self.client.connect(self.login)
        self.put(link.LinkConnected(self.link, encrypted, here))

    def logged_in(self, *, encrypted: bool = True, here: bool = False) -> None:
        server = Server()
        self.linked_to(encrypted=encrypted, here=here)
        self.receive(":srv CAP * LS :sasl", ":srv CAP * ACK :sasl")
        self.sent()
        self.receive("AUTHENTICATE +")
        self.receive(f"AUTHENTICATE {split_response(server.answers(self.sent()[0]))[0]}")
        self.receive(f"AUTHENTICATE {split_response(server.answers(self.sent()[0]))[0]}")
        self.receive(":srv 900 * *!*@* ana :You are now logged in", ":srv 903 * :success")
        self.receive(":srv 001 ana :Welcome")

    def test_a_login_goes_through(self) -> None:
        for encrypted, here in ((True, False), (False, True), (True, True)):
            with self.subTest(encrypted=encrypted, here=here):
                self.logged_in(encrypted=encrypted, here=here)
                network = self.client.network
                self.assertEqual((network.state, network.account), ("online", "ana"))
                self.assertEqual(network.privacy, "encrypted" if encrypted else "here")
                self.client.disconnect()

    def test_without_encryption_no_password_is_sent_to_another_computer(self) -> None:
        self.linked_to(encrypted=False, here=False)
        self.assertIn("not sent without encryption", self.assert_failed("password").reason)
        self.assertEqual((self.sent(), self.link.closed), ([], True))

    def test_a_refused_login_ends_the_attempt(self) -> None:
        self.linked_to(encrypted=True, here=False)
        self.receive(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +")
        self.receive(":srv 904 * :SASL authentication failed")
        self.assertIn("Wrong password for ana", self.assert_failed("password").reason)
        self.assertTrue(self.link.closed)

    def test_a_password_that_became_wrong_is_not_retried(self) -> None:
        self.logged_in()
        self.lose_connection()
        self.pass_time(1)
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.receive(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +")
        self.receive(":srv 904 * :SASL authentication failed")
        self.assert_failed("password")
        self.assertEqual("offline", self.client.network.state)
        self.pass_time(300)
        self.assertEqual(2, len(self.links))

    def test_after_a_nick_change_the_account_stays_the_same(self) -> None:
        self.logged_in()
        self.receive(":ana!a@h NICK anna")
        self.assertEqual(("anna", "ana"), (self.client.login.nick, self.client.login.account))

    def test_a_key_for_an_earlier_link_is_ignored(self) -> None:
        self.logged_in()
        earlier = FakeLink(ServerTarget("chat.example", 5000), self._inbox)
        self.put(KeyDerived(earlier, b"key"))
        self.assertEqual("online", self.client.network.state)
