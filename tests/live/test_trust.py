"""Client and server on a real connection: questions about certificates, and what is sent in plain text.

Tests of the network use an address of this computer that is not loopback, so both sides take it for remote.
"""

from __future__ import annotations

import http.server
import socket
import ssl
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.login import Encrypt, Login, for_invite
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.protocol.invite_links import Invite
from chatapp.server.net.tls import self_signed
from chatapp.system import multicast
from tests.live.base import DEADLINE, PYTHON, ROOT, LiveTest
from tests.waiting import wait_until

PASSWORD = "correct horse battery"
HERE = "127.0.0.1"


def network_address() -> str:
    """Return an address of this computer that counts as another computer's."""
    own = [address for several in multicast.own_addresses().values() for address in several]
    return next((address for address in own if ":" not in address), "")


class TrustTest(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        self.trusted = TrustedCertificates(self.folder / "trusted.json")

    def network(self) -> str:
        address = network_address()
        if not address:
            self.skipTest("this computer is in no network")
        return address

    def client(self) -> Client:
        client = Client(self.folder / "server.log", self.trusted)
        self.addCleanup(client.close)
        return client

    def connect_as(self, login: Login, client: Client | None = None) -> tuple[Client, ConnectFailed | None]:
        """Connect and wait until the client is online or has failed."""
        client = client or self.client()
        client.connect(login)
        return client, self.outcome(client)

    def outcome(self, client: Client) -> ConnectFailed | None:
        failures: list[ConnectFailed] = []

        def decided() -> bool:
            failures.extend(change for change in client.poll(None) if isinstance(change, ConnectFailed))
            return bool(failures) or client.network.state == "online"

        wait_until(decided, "the server has answered or refused")
        return failures[0] if failures else None

    def add_account(self, name: str) -> None:
        command = [*PYTHON, str(ROOT / "run_server.py"), "account", "add", name, "--data", str(self.data)]
        subprocess.run(
            command,
            input=f"{PASSWORD}\n",
            text=True,
            check=True,
            capture_output=True,
            cwd=ROOT,
            timeout=DEADLINE,
        )

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint that the server has printed."""
        return self.server.fingerprint


class OnANetwork(TrustTest):
    FLAGS = ("--lan",)

    def setUp(self) -> None:
        super().setUp()
        self.address = self.network()
        self.start()
        self.login = Login(self.address, self.server.port, "ana")

    def test_a_fingerprint_is_asked_about_only_the_first_time(self) -> None:
        client, failed = self.connect_as(self.login)
        assert failed and failed.certificate_problem
        self.assertEqual((failed.kind, failed.certificate_problem.kind), ("certificate", "unknown"))
        self.assertEqual(failed.certificate_problem.fingerprint, self.fingerprint)
        client.trust(failed.certificate_problem)
        self.assertIsNone(self.outcome(client))
        self.assertEqual(client.network.privacy, "encrypted")
        _, failed = self.connect_as(replace(self.login, nick="ben"))
        self.assertIsNone(failed)

    def test_with_the_invite_link_no_question_is_asked(self) -> None:
        printed = self.server.printed("Others join with this link: ").rpartition(" ")[2]
        command = [*PYTHON, str(ROOT / "run_server.py"), "invite", "--data", str(self.data)]
        first, *_ = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=ROOT, timeout=DEADLINE
        ).stdout.splitlines()
        self.assertEqual(first, printed)
        login = for_invite(Login("", nick="ana"), Invite.parse(printed))
        self.assertNotEqual(login.host, HERE)
        client, failed = self.connect_as(login)
        self.assertIsNone(failed)
        self.assertEqual((client.network.privacy, login.channels), ("encrypted", ("#general",)))
        _, failed = self.connect_as(Login(login.host, login.port, "ben"))
        self.assertIsNone(failed)  # the certificate is now trusted without the link, too

    def test_a_changed_certificate_is_a_problem_and_a_link_with_the_old_one_is_refused(self) -> None:
        self.trusted.trust(self.address, self.server.port, self.fingerprint)
        client, failed = self.connect_as(self.login)
        self.assertIsNone(failed)
        old, port = self.fingerprint, self.server.port
        self.server.stop()
        (self.data / "key.pem").unlink()
        self.start(port)
        failed = self.outcome_of_reconnect(client)
        assert failed and failed.certificate_problem
        self.assertEqual(
            (failed.certificate_problem.kind, failed.certificate_problem.fingerprint),
            ("changed", self.fingerprint),
        )
        self.assertEqual(client.network.state, "offline")
        _, failed = self.connect_as(replace(self.login, nick="ben", pin=old))
        assert failed and failed.certificate_problem
        self.assertEqual(
            (failed.certificate_problem.kind, failed.certificate_problem.can_be_trusted), ("pin", False)
        )

    def outcome_of_reconnect(self, client: Client) -> ConnectFailed | None:
        """Wait for a lost connection, then for the outcome of the reconnection."""
        wait_until(
            lambda: bool(client.poll(None)) and client.network.state != "online", "the client is offline"
        )
        client.reconnect_now()
        return self.outcome(client)

    def test_a_remote_client_without_tls_is_refused_with_advice(self) -> None:
        _, failed = self.connect_as(replace(self.login, encrypt="never"))
        assert failed
        self.assertEqual(failed.kind, "closed")
        self.assertIn("TLS", failed.reason)

    def test_a_password_is_sent_over_tls_only(self) -> None:
        self.server.stop()
        self.add_account("ana")
        self.start()
        self.trusted.trust(self.address, self.server.port, self.fingerprint)
        login = Login(self.address, self.server.port, "ana")
        _, failed = self.connect_as(login)
        assert failed
        self.assertEqual((failed.kind, failed.suggestion), ("password", "ana_2"))
        client, failed = self.connect_as(replace(login, password=PASSWORD))
        self.assertIsNone(failed)
        self.assertEqual(client.network.account, "ana")
        _, failed = self.connect_as(replace(login, password="wrong"))
        assert failed
        self.assertIn("Wrong password for ana", failed.reason)
        with socket.create_server((self.address, 0)) as listening:
            _, failed = self.connect_as(
                Login(self.address, listening.getsockname()[1], "ana", PASSWORD, encrypt="never")
            )
            assert failed
            self.assertIn("not sent without encryption", failed.reason)
            other, _ = listening.accept()
            with other:
                other.settimeout(DEADLINE)
                self.assertEqual(other.recv(4096), b"")


class WithoutTls(TrustTest):
    CONFIG = "[tls]\nmode = 'off'"
    FLAGS = ("--lan",)

    def test_a_remote_server_without_tls_is_used_only_if_the_user_chose_it(self) -> None:
        address = self.network()
        self.start()
        login = Login(address, self.server.port, "ana")
        _, failed = self.connect_as(login)
        assert failed
        self.assertEqual(failed.kind, "no-tls")
        self.assertFalse([line for line in self.server.lines if line.startswith("Username")])
        client, failed = self.connect_as(replace(login, encrypt="never"))
        self.assertIsNone(failed)
        self.assertEqual(client.network.privacy, "open")

    def test_a_local_server_without_tls_is_used_in_plain_text(self) -> None:
        self.start()
        client, failed = self.connect_as(Login(HERE, self.server.port, "ana"))
        self.assertIsNone(failed)
        self.assertEqual(client.network.privacy, "here")


class Refused(TrustTest):
    CONFIG = "[limits]\nconnections_per_address = 1\nlocal_connections_per_address = 1"
    FLAGS = ("--lan",)

    def test_the_reason_is_shown_and_plain_text_is_not_offered(self) -> None:
        address = self.network()
        self.start()
        first = socket.create_connection((address, self.server.port))
        self.addCleanup(first.close)
        first.sendall(b"PING x\r\n")
        first.recv(100)
        known = self.server.fingerprint
        _, failed = self.connect_as(Login(address, self.server.port, "ana", pin=known))
        assert failed
        self.assertEqual(failed.kind, "closed")
        self.assertIn("Too many connections from your address", failed.reason)


class OnThisComputer(TrustTest):
    def test_no_question_is_asked_and_the_connection_is_encrypted(self) -> None:
        self.start()
        for host, nick in ((HERE, "ana"), ("localhost", "ben")):
            with self.subTest(host):
                client, failed = self.connect_as(Login(host, self.server.port, nick))
                self.assertIsNone(failed)
                self.assertEqual(client.network.privacy, "encrypted")

    def test_another_chat_on_the_same_port_gets_nothing_that_was_written_for_the_first(self) -> None:
        self.start()
        client, failed = self.connect_as(Login(HERE, self.server.port, "ana", channels=("#general",)))
        self.assertIsNone(failed)
        wait_until(
            lambda: (client.poll(None), (found := client.network.find("#general")) and found.joined)[1],
            "the channel is joined",
        )
        general, port = client.network.find("#general"), self.server.port
        self.server.stop()
        wait_until(lambda: (client.poll(None), client.network.state == "waiting")[1], "the link is lost")
        client.run(general, "a private note")
        (self.data / "key.pem").unlink()  # as of another chat
        self.start(port)
        ben = self.enter("ben", channel="#general")
        failed = self.outcome(client)
        assert failed and failed.certificate_problem
        self.assertEqual(failed.certificate_problem.kind, "changed-here")
        self.assertEqual([each for each in ben.settle() if each.command in ("PRIVMSG", "JOIN")], [])

    def test_a_password_may_be_sent_in_plain_text_on_this_computer(self) -> None:
        self.add_account("ana")
        self.start()
        client, failed = self.connect_as(Login(HERE, self.server.port, "ana", PASSWORD, encrypt="never"))
        self.assertIsNone(failed)
        self.assertEqual(client.network.account, "ana")


class QuietHandler(http.server.BaseHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing."""


class WrongPort(TrustTest):
    """Another kind of server answers, and the client reports it."""

    def answer(self, port: int, login: Login) -> ConnectFailed:
        _, failed = self.connect_as(replace(login, host=HERE, port=port, nick="ana"))
        assert failed
        return failed

    def test_a_web_server(self) -> None:
        for secure in (False, True):
            web = http.server.HTTPServer((HERE, 0), QuietHandler)
            self.addCleanup(web.server_close)
            if secure:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self.pair())
                web.socket = context.wrap_socket(web.socket, server_side=True)
            thread = threading.Thread(target=web.serve_forever, daemon=True)
            thread.start()
            self.addCleanup(thread.join, DEADLINE)
            self.addCleanup(web.shutdown)
            answers: dict[Encrypt, set[str]] = {"auto": {"not-chat"}, "never": {"not-chat", "wants-tls"}}
            for encrypt, kinds in answers.items():
                with self.subTest(secure=secure, encrypt=encrypt):
                    failed = self.answer(web.server_port, Login("", encrypt=encrypt))
                    self.assertIn(failed.kind, kinds)

    def test_a_port_without_tls_where_tls_is_required(self) -> None:
        with socket.create_server((HERE, 0)) as mail:
            thread = threading.Thread(target=self.greet, args=(mail,), daemon=True)
            thread.start()
            failed = self.answer(mail.getsockname()[1], Login("", encrypt="always"))
            thread.join(DEADLINE)
        self.assertEqual(failed.kind, "no-tls")
        self.assertIn("does not speak TLS", failed.reason)

    def greet(self, listening: socket.socket) -> None:
        """Greet one client like a mail server."""
        other, _ = listening.accept()
        with other:
            other.sendall(b"220 mail.example ESMTP\r\n")
            other.recv(4096)

    def pair(self) -> Path:
        path = self.folder / "pair.pem"
        path.write_text("".join(self_signed.make(["localhost"], [HERE], datetime.now(UTC))))
        return path
