"""Certificates on a real server: the server's own, reloaded while it runs, and those of clients."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from chatapp.protocol.tls import fingerprint
from chatapp.server.net.tls import der, self_signed
from tests.live.base import LiveTest
from tests.live.test_tls import TlsClient, client_context

CLIENT_AUTH = der.identifier("1.3.6.1.5.5.7.3.2")


def make(path: Path, name: str = "localhost") -> str:
    """Write a new certificate and its key into one file, the key first, and return the fingerprint."""
    pem, key = self_signed.make([name], [], datetime.now(UTC))
    path.write_text(key + pem, "ascii")
    return fingerprint(ssl.PEM_cert_to_DER_cert(pem))


def make_for_client(path: Path, name: str) -> str:
    """Write a certificate for a client in the same way."""
    with mock.patch.object(self_signed, "_SERVER_AUTH", CLIENT_AUTH):
        return make(path, name)


class CertificatesTest(LiveTest):
    def enter_tls(self, nick: str, own: Path | None = None) -> TlsClient:
        client = self.connect_tls(own)
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        client.settle()
        return client

    def connect_tls(self, own: Path | None = None) -> TlsClient:
        """Connect through TLS.

        Args:
            own: the client's certificate.
        """
        tls_context = client_context()
        if own:
            tls_context.load_cert_chain(own)
        client = TlsClient(self.server.port, tls_context)
        self.addCleanup(client.close)
        return client


class ServerCertificate(CertificatesTest):
    def setUp(self) -> None:
        super().setUp()
        self.file = self.folder / "chain.pem"
        self.CONFIG = f"[tls]\ncertificate = {str(self.file)!r}\n[server]\nmotd = 'old'"
        self.first = make(self.file)
        self.start()

    def enter_as_owner(self, nick: str) -> TlsClient:
        owner = self.enter_tls(nick)
        password = self.server.printed("Owner password").split()[-1]
        owner.send(f"OPER owner {password}")
        owner.until("381")
        return owner

    def current_fingerprint(self) -> str:
        """Return the fingerprint of the certificate that a new connection gets."""
        found = self.connect_tls().tls.getpeercert(binary_form=True)
        assert found
        return fingerprint(found)

    def test_new_connections_get_a_new_certificate_and_old_ones_stay(self) -> None:
        ann, bob = self.enter_as_owner("ann"), self.enter("bob")
        self.assertEqual(self.current_fingerprint(), self.first)
        second = make(self.file)
        ann.send("REHASH")
        ann.until("382")
        self.assertEqual(self.current_fingerprint(), second)
        ann.send("PRIVMSG #general :still here")
        self.assertEqual(bob.until("PRIVMSG").text, "still here")
        bob.send("PRIVMSG #general :me too")
        self.assertEqual(ann.until("PRIVMSG").text, "me too")

    def test_an_unusable_new_certificate_leaves_the_old_one_in_use(self) -> None:
        ann = self.enter_as_owner("ann")
        for text in ("", "nonsense", self.file.read_text("ascii")[:-60]):
            self.file.write_text(text, "ascii")
            ann.send("REHASH")
            failed = ann.until("FAIL")
            self.assertEqual(failed.params[:2], ("REHASH", "BAD_CONFIG"))
            self.assertIn("chain.pem", failed.text)
        self.file.unlink()
        ann.send("REHASH")
        self.assertIn("No such file", ann.until("FAIL").text)
        self.assertEqual(self.current_fingerprint(), self.first)

    def test_sighup_reloads_certificate_and_configuration(self) -> None:
        second = make(self.file)
        (self.folder / "chat.toml").write_text(self.CONFIG.replace("old", "new"), "utf-8")
        self.server.hang_up()
        self.server.printed("The configuration was loaded again")
        self.assertEqual(self.current_fingerprint(), second)
        ann = self.enter_tls("ann")
        ann.send("MOTD")
        self.assertEqual(ann.until("372").text, "- new")


class ClientCertificates(CertificatesTest):
    def setUp(self) -> None:
        super().setUp()
        self.own, self.other = self.folder / "ann.pem", self.folder / "eve.pem"
        self.fingerprint = make_for_client(self.own, "ann")
        make_for_client(self.other, "eve")
        self.CONFIG = f"[tls]\nclient_authority = {str(self.own)!r}"
        self.start()

    def test_a_certificate_logs_its_account_in(self) -> None:
        ann = self.enter_tls("ann", self.own)
        ann.send("REGISTER * * sesame", "NS CERT ADD")
        ann.until("NOTICE")
        phone = self.connect_tls(self.own)
        phone.send("CAP REQ sasl", "AUTHENTICATE EXTERNAL")
        phone.until("AUTHENTICATE")
        phone.send("AUTHENTICATE +")
        self.assertEqual(phone.until("900").params[2], "ann")
        phone.until("903")
        ann.send("WHOIS ann")
        self.assertIn(self.fingerprint, ann.until("276").text)

    def test_a_client_without_a_certificate_may_connect(self) -> None:
        bob = self.enter_tls("bob")
        bob.send("AUTHENTICATE EXTERNAL")
        bob.until("904")

    def test_a_certificate_of_another_authority_is_refused(self) -> None:
        eve = self.connect_tls(self.other)
        with self.assertRaises(ssl.SSLError):
            eve.settle()
        self.enter_tls("bob").settle()
