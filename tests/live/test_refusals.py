"""Refusals reach TLS clients inside TLS, and plain text is sent only to clients that do not use TLS."""

from __future__ import annotations

import unittest

from chatapp.server.net.connection_limits import FULL, TOO_MANY
from chatapp.server.net.sniffer import NO_TLS
from tests.live.base import LiveTest, RawClient
from tests.live.test_tls import TlsClient


class Refused(LiveTest):
    CONFIG = """
        [limits]
        flood_per_second = 0
        connections_per_address = 2
        local_connections_per_address = 2
    """

    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ann, self.bob = self.enter("ann"), self.enter("bob")

    def refusal(self, client: RawClient, *lines: str) -> str:
        """Return the final message to a client that sends these lines at once."""
        self.addCleanup(client.close)
        client.send(*lines)
        return client.rest()[-1].text

    def tearDown(self) -> None:
        self.ann.send("PRIVMSG bob :still here")
        self.assertEqual(self.bob.until("PRIVMSG").text, "still here")
        super().tearDown()

    def test_a_tls_client_reads_the_reason_inside_tls(self) -> None:
        """Without close_notify, reading would raise SSLEOFError."""
        self.assertEqual(self.refusal(TlsClient(self.server.port), "CAP LS 302", "NICK eve"), TOO_MANY)

    def test_a_plain_text_client_reads_it_in_plain_text(self) -> None:
        self.assertEqual(self.refusal(self.connect(), "CAP LS 302", "NICK eve"), TOO_MANY)

    def test_a_silent_client_reads_it_after_a_while(self) -> None:
        self.assertEqual(self.refusal(self.connect()), TOO_MANY)

    def test_a_client_that_floods_is_disconnected(self) -> None:
        flood = [self.connect() for _ in range(300)]
        replies = [client.rest() for client in flood]
        self.assertLess(len([each for each in replies if each]), 100)


class Full(LiveTest):
    CONFIG = "[limits]\nconnections = 1"

    def test_a_tls_client_reads_it_inside_tls(self) -> None:
        self.start()
        self.enter("ann")
        client = TlsClient(self.server.port)
        self.addCleanup(client.close)
        self.assertEqual(client.rest()[-1].text, FULL)


class WithoutTls(LiveTest):
    CONFIG = "[tls]\nmode = 'off'"

    def test_a_tls_client_is_refused_at_once(self) -> None:
        """With and without a line end among the bytes of the ClientHello."""
        self.start()
        for rest in (b"\x00\x01\x00\x01\xfc\x03\x03 and so on", b"\n\x00\x00\x00\x00\x00"):
            hello = b"\x16\x03\x01\x02" + rest
            client = self.connect()
            client.send_bytes(hello)
            self.assertEqual(client.rest()[-1].text, NO_TLS)


if __name__ == "__main__":
    unittest.main()
