"""Certificates on a real server: the server's, read again while people chat; clients', which log them in."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from chatapp.protocol.tls import fingerprint
from chatapp.server.net.tls import der, self_signed
from tests.live.base import LiveTest
from tests.live.test_tls import TlsClient, context

CLIENT_AUTH = der.identifier("1.3.6.1.5.5.7.3.2")


def make(path: Path, name: str = "localhost") -> str:
    """A new certificate with its key, in one file, the key first. Gives its fingerprint."""
    pem, key = self_signed.make([name], [], datetime.now(UTC))
    path.write_text(key + pem, "ascii")
    return fingerprint(ssl.PEM_cert_to_DER_cert(pem))


def make_for_client(path: Path, name: str) -> str:
    """The same for somebody who is no server."""
    with mock.patch.object(self_signed, "_SERVER_AUTH", CLIENT_AUTH):
        return make(path, name)


class CertificatesTest(LiveTest):
    def enter_tls(self, nick: str, own: Path | None = None) -> TlsClient:
        client = self.connect_tls(own)
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        client.settle()
        return client

    def connect_tls(self, own: Path | None = None) -> TlsClient:
        """Takes  own: the client's certificate"""
        asking = context()
        if own:
            asking.load_cert_chain(own)
        client = TlsClient(self.server.port, asking)
        self.addCleanup(client.close)
        return client


class ReadAgain(CertificatesTest):
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

    def shown(self) -> str:
        """The fingerprint that a new connection sees."""
        found = self.connect_tls().tls.getpeercert(binary_form=True)
        assert found
        return fingerprint(found)

    def test_new_connections_get_the_new_one_and_who_is_there_stays(self) -> None:
        ann, bob = self.enter_as_owner("ann"), self.enter("bob")
        self.assertEqual(self.shown(), self.first)
        second = make(self.file)
        ann.send("REHASH")
        ann.until("382")
        self.assertEqual(self.shown(), second)
        ann.send("PRIVMSG #general :still here")
        self.assertEqual(bob.until("PRIVMSG").text, "still here")
        bob.send("PRIVMSG #general :me too")
        self.assertEqual(ann.until("PRIVMSG").text, "me too")

    def test_one_that_cannot_be_used_keeps_the_old(self) -> None:
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
        self.assertEqual(self.shown(), self.first)

    def test_the_signal_does_the_same(self) -> None:
        second = make(self.file)
        (self.folder / "chat.toml").write_text(self.CONFIG.replace("old", "new"), "utf-8")
        self.server.hang_up()
        self.server.printed("The configuration was read again")
        self.assertEqual(self.shown(), second)
        ann = self.enter_tls("ann")
        ann.send("MOTD")
        self.assertEqual(ann.until("372").text, "- new")


class OfClients(CertificatesTest):
    def setUp(self) -> None:
        super().setUp()
        self.own, self.other = self.folder / "ann.pem", self.folder / "eve.pem"
        self.fingerprint = make_for_client(self.own, "ann")
        make_for_client(self.other, "eve")
        self.CONFIG = f"[tls]\nclient_authority = {str(self.own)!r}"
        self.start()

    def test_it_logs_in_whom_it_belongs_to(self) -> None:
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

    def test_who_has_none_is_as_welcome(self) -> None:
        bob = self.enter_tls("bob")
        bob.send("AUTHENTICATE EXTERNAL")
        bob.until("904")

    def test_one_that_nobody_vouches_for_is_refused(self) -> None:
        eve = self.connect_tls(self.other)
        with self.assertRaises(ssl.SSLError):
            eve.settle()
        self.enter_tls("bob").settle()
