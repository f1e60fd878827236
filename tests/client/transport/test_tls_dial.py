"""When a link is encrypted, which certificates are accepted, and that nothing is sent before.

The servers are on this computer. Where one stands for another computer, `is_this_computer` is patched.
"""

from __future__ import annotations

import os
import socket
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from unittest import mock

from chatapp.client.login import Encrypt
from chatapp.client.transport.certificates import CertificateProblemKind, ServerTarget
from chatapp.client.transport.link import LinesReceived, LinkConnected, LinkFailed, ServerLink
from chatapp.server.net.tls import self_signed
from tests.client.transport.authority import DAY, PATIENCE, Authority, Pair, Server
from tests.errors import Quiet

HERE = "127.0.0.1"
OTHER = "f" * 64
HELLO = b"\x16\x03"  # the beginning of a ClientHello


class TlsTest(Quiet):
    """One of several servers, and links to it."""

    authority: Authority
    elsewhere = True

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.authority = Authority()

    def setUp(self) -> None:
        super().setUp()
        self.inbox: SimpleQueue[Any] = SimpleQueue()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        file = Path(folder.name) / "authorities.pem"
        file.write_text(self.authority.certificate)
        if self.elsewhere:
            self.patch(mock.patch("chatapp.client.transport.tls_dial.is_this_computer", return_value=False))
        # the certificates that this computer trusts
        self.patch(mock.patch.dict(os.environ, SSL_CERT_FILE=str(file)))

    def patch(self, patch: Any) -> None:
        patch.start()
        self.addCleanup(patch.stop)

    def treat_as_local(self, is_local: bool) -> Any:
        """Let the server count as one on this computer, or not."""
        return mock.patch("chatapp.client.transport.tls_dial.is_this_computer", return_value=is_local)

    def serve(self, shown: Pair | None, greeting: bytes = b"", hangs_up: bool = False) -> Server:
        self.server = Server(shown, greeting, hangs_up=hangs_up)
        self.addCleanup(self.server.close)
        return self.server

    def try_link(
        self, host: str = HERE, encrypt: Encrypt = "auto", pin: str = "", known: str = ""
    ) -> LinkConnected | LinkFailed:
        """Return the result of a link, which has a password to send as soon as it may."""
        self.link = ServerLink(
            ServerTarget(host, self.server.port, encrypt, pin, known), self.inbox, PATIENCE
        )
        self.link.send("PASS secret")
        self.addCleanup(self.link.join, PATIENCE)
        self.addCleanup(self.link.close)
        item = self.inbox.get(timeout=PATIENCE)
        assert isinstance(item, LinkConnected | LinkFailed), item
        return item

    def connected_link(self, **how: Any) -> LinkConnected:
        item = self.try_link(**how)
        assert isinstance(item, LinkConnected), item
        return item

    def failed(self, **how: Any) -> LinkFailed:
        item = self.try_link(**how)
        assert isinstance(item, LinkFailed), item
        self.server.close()  # the server has received everything by now
        return item

    def assert_problem(self, kind: CertificateProblemKind, **how: Any) -> None:
        """Check that it ends with this certificate problem and that nothing was sent."""
        item = self.failed(**how)
        self.assertEqual(item.kind, "certificate")
        assert item.certificate_problem and self.server.shown
        problem = item.certificate_problem
        self.assertEqual((problem.kind, problem.fingerprint), (kind, self.server.shown.fingerprint))
        self.assertEqual(b"".join(self.server.received), b"")

    def assert_connected(self) -> None:
        """Check that lines are sent in both directions."""
        item = self.inbox.get(timeout=PATIENCE)
        self.assertIsInstance(item, LinesReceived)
        self.assertEqual(item.lines, [":srv NOTICE * :Hello"])
        self.link.close()
        self.link.join(PATIENCE)
        self.server.close()
        self.assertEqual(self.server.received[-1], b"PASS secret\r\n")


class Certificates(TlsTest):
    def make_self_signed(self) -> Pair:
        """Return a self-signed certificate."""
        return Pair(*self_signed.make(["localhost"], [HERE], datetime.now(UTC)))

    def test_one_of_a_known_authority_for_the_right_name_is_accepted(self) -> None:
        for host in (HERE, "localhost"):
            with self.subTest(host):
                self.serve(self.authority.sign("localhost", HERE))
                item = self.connected_link(host=host)
                self.assertEqual((item.encrypted, item.here), (True, False))
                self.assert_connected()

    def test_a_self_signed_one_is_a_problem(self) -> None:
        self.serve(self.make_self_signed())
        self.assert_problem("unknown")

    def test_one_of_an_unknown_authority_is_a_problem(self) -> None:
        self.serve(Authority("Somebody else").sign(HERE))
        self.assert_problem("unknown")

    def test_one_that_was_trusted_before_is_accepted(self) -> None:
        shown = self.make_self_signed()
        self.serve(shown)
        self.assertTrue(self.connected_link(known=shown.fingerprint).encrypted)
        self.assert_connected()

    def test_another_than_the_trusted_one_is_a_problem(self) -> None:
        self.serve(self.make_self_signed())
        self.assert_problem("changed", known=OTHER)

    def test_one_of_an_authority_may_replace_the_trusted_one(self) -> None:
        self.serve(self.authority.sign(HERE))
        self.connected_link(known=OTHER)
        self.assert_connected()

    def test_an_expired_one_is_a_problem(self) -> None:
        now = datetime.now(UTC)
        self.serve(self.authority.sign(HERE, since=now - 3 * DAY, until=now - DAY))
        self.assert_problem("expired")

    def test_one_that_is_not_valid_yet_is_a_problem(self) -> None:
        now = datetime.now(UTC)
        self.serve(self.authority.sign(HERE, since=now + DAY, until=now + 3 * DAY))
        self.assert_problem("early")

    def test_one_for_another_name_or_address_is_a_problem(self) -> None:
        for host, shown in (
            (HERE, self.authority.sign("localhost")),
            (HERE, self.authority.sign("192.0.2.1")),
            ("localhost", self.authority.sign("chat.example")),
        ):
            with self.subTest(host):
                self.serve(shown)
                self.assert_problem("name", host=host)

    def test_a_problem_is_accepted_once_it_is_trusted(self) -> None:
        now = datetime.now(UTC)
        for shown in (self.authority.sign("chat.example"), self.authority.sign(HERE, until=now - DAY / 2)):
            self.serve(shown)
            self.connected_link(known=shown.fingerprint)
            self.assert_connected()

    def test_the_pinned_one_is_always_accepted(self) -> None:
        for shown in (self.make_self_signed(), self.authority.sign("chat.example")):
            self.serve(shown)
            self.connected_link(pin=shown.fingerprint, known=OTHER)
            self.assert_connected()

    def test_another_than_the_pinned_one_is_refused_even_if_its_authority_is_known(self) -> None:
        for shown in (self.make_self_signed(), self.authority.sign(HERE)):
            self.serve(shown)
            self.assert_problem("pin", pin=OTHER, known=shown.fingerprint)


class NeverInClear(TlsTest):
    """A remote server gets a ClientHello and nothing else, unless the user chose plain text."""

    def test_a_server_without_tls_gets_only_the_first_bytes_of_tls(self) -> None:
        for greeting in (
            b":irc.example NOTICE * :*** Looking up your hostname\r\n",
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            b"SSH-2.0-OpenSSH_9.6\r\n",
            b"220 mail.example ESMTP\r\n",
            b"ERROR :There is no TLS here: connect without it\r\n",
            b"\0" * 100,
        ):
            for encrypt in ("auto", "always"):
                with self.subTest(greeting[:10], encrypt=encrypt):
                    self.serve(None, greeting)
                    item = self.failed(encrypt=encrypt)
                    self.assertEqual(item.kind, "no-tls")
                    self.assertIn("no encryption", item.reason)
                    self.assert_only_hello()

    def test_a_server_that_sends_nothing_times_out_soon(self) -> None:
        self.patch(mock.patch("chatapp.client.transport.tls_dial.HANDSHAKE_SECONDS", 0.1))
        self.serve(None)
        failed = self.failed()
        self.assertEqual(failed.kind, "timeout")
        self.assertIn("does not answer to TLS", failed.reason)
        self.assert_only_hello()

    def test_a_refusal_in_plain_text_is_reported_and_plain_text_is_not_offered(self) -> None:
        for greeting in (
            b"ERROR :Too many connections from your address\r\n",
            b":srv NOTICE * :Hello\r\n:srv ERROR :Too many connections from your address\r\n",
            b":srv 465 * :Banned\r\nERROR Too many connections from your address\n",
        ):
            for elsewhere in (True, False):
                with self.subTest(greeting[:20], elsewhere=elsewhere), self.treat_as_local(not elsewhere):
                    self.serve(None, greeting)
                    failed = self.failed()
                    expected = "The server closed the connection: Too many connections from your address"
                    self.assertEqual((failed.kind, failed.reason), ("closed", expected))
                    self.assert_only_hello()

    def test_a_server_that_disconnects_or_fails_does_not_count_as_one_without_tls(self) -> None:
        """A fatal alert, handshake_failure, means that it speaks TLS."""
        for greeting in (b"", b"\x15\x03\x03\x00\x02\x02\x28"):
            with self.subTest(greeting):
                self.serve(None, greeting, hangs_up=True)
                failed = self.failed()
                self.assertEqual(failed.kind, "closed")
                self.assertIn("No encrypted connection", failed.reason)
                self.assert_only_hello()

    def test_a_server_that_disconnects_at_once_does_not_count_as_local(self) -> None:
        self.patch(mock.patch("chatapp.client.transport.tls_dial.dial", lambda *_: socket.socket()))
        self.serve(None)
        self.assertEqual(self.failed().kind, "closed")

    def test_a_pin_requires_tls_even_where_plain_text_was_chosen(self) -> None:
        self.serve(None, b":srv NOTICE * :Hello\r\n")
        self.assertEqual(self.failed(encrypt="never", pin=OTHER).kind, "no-tls")
        self.assert_only_hello()

    def test_plain_text_is_used_only_if_it_was_chosen(self) -> None:
        self.serve(None, b":srv NOTICE * :Hello\r\n")
        item = self.connected_link(encrypt="never")
        self.assertEqual((item.encrypted, item.here), (False, False))
        self.assert_connected()

    def assert_only_hello(self) -> None:
        self.assertEqual(len(self.server.received), 1)
        self.assertTrue(self.server.received[0].startswith(HELLO))
        self.assertNotIn(b"PASS", self.server.received[0])


class OnThisComputer(TlsTest):
    elsewhere = False

    def test_any_certificate_is_accepted(self) -> None:
        self.serve(Authority("Somebody else").sign("chat.example"))
        item = self.connected_link()
        self.assertEqual((item.encrypted, item.here), (True, True))
        self.assert_connected()

    def test_the_certificate_of_the_first_connection_is_reported_to_be_remembered(self) -> None:
        shown = Authority("Somebody else").sign("chat.example")
        self.serve(shown)
        self.assertEqual(self.connected_link().certificate, shown.fingerprint)

    def test_the_remembered_certificate_is_accepted_again(self) -> None:
        shown = Authority("Somebody else").sign("chat.example")
        self.serve(shown)
        item = self.connected_link(known=shown.fingerprint)
        self.assertEqual((item.encrypted, item.here, item.certificate), (True, True, ""))
        self.assert_connected()

    def test_another_chat_on_the_port_of_a_remembered_one_gets_nothing(self) -> None:
        self.serve(Authority("Somebody else").sign("chat.example"))
        self.assert_problem("changed-here", known=OTHER)

    def test_a_server_without_tls_gets_nothing_where_one_with_tls_is_remembered(self) -> None:
        self.serve(None, b":srv NOTICE * :Hello\r\n")
        self.assertEqual(self.failed(known=OTHER).kind, "no-tls")
        self.assertNotIn(b"PASS", b"".join(self.server.received))

    def test_a_pin_still_allows_only_one_certificate(self) -> None:
        self.serve(Authority("Somebody else").sign("chat.example"))
        self.assert_problem("pin-here", pin=OTHER)

    def test_a_server_without_tls_gets_plain_text(self) -> None:
        self.serve(None, b":srv NOTICE * :Hello\r\n")
        item = self.connected_link()
        self.assertEqual((item.encrypted, item.here), (False, True))
        self.assert_connected()

    def test_a_silent_server_soon_counts_as_one_without_tls(self) -> None:
        self.patch(mock.patch("chatapp.client.transport.tls_dial.LOCAL_HANDSHAKE_SECONDS", 0.1))
        self.serve(None)
        self.assertFalse(self.connected_link().encrypted)

    def test_plain_text_is_refused_where_tls_is_required(self) -> None:
        for how in ({"encrypt": "always"}, {"pin": OTHER}):
            with self.subTest(how):
                self.serve(None, b":srv NOTICE * :Hello\r\n")
                self.assertEqual(self.failed(**how).kind, "no-tls")
