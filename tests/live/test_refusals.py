"""Refusals reach TLS clients inside TLS, and nobody is spoken to in clear who may be a TLS client."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chatapp.server.config import LimitsConfig, TlsConfig
from chatapp.server.core.inbox import Disconnected
from chatapp.server.net.connection_limits import FULL, TOO_MANY
from chatapp.server.net.link import ConnectionPolicy, Link, PlaintextPolicy
from chatapp.server.net.tls import context as tls_context
from tests.live.base import DEADLINE, Client, LiveTest
from tests.live.test_tls import TlsClient, context

TEXT = b"ERROR :Go away\r\n"


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

    def refused(self, client: Client, *lines: str) -> str:
        """The last words to a client that says these lines at once."""
        self.addCleanup(client.close)
        client.send(*lines)
        return client.rest()[-1].text

    def tearDown(self) -> None:
        self.ann.send("PRIVMSG bob :still here")
        self.assertEqual(self.bob.until("PRIVMSG").text, "still here")
        super().tearDown()

    def test_a_tls_client_reads_the_reason_inside_tls(self) -> None:
        """A cut instead of a goodbye (close_notify) would raise SSLEOFError."""
        self.assertEqual(self.refused(TlsClient(self.server.port), "CAP LS 302", "NICK eve"), TOO_MANY)

    def test_others_read_it_in_clear(self) -> None:
        self.assertEqual(self.refused(self.connect(), "CAP LS 302", "NICK eve"), TOO_MANY)

    def test_who_says_nothing_reads_it_in_the_end(self) -> None:
        self.assertEqual(self.refused(self.connect()), TOO_MANY)

    def test_a_flood_is_hung_up_on(self) -> None:
        flood = [self.connect() for _ in range(300)]
        told = [client.rest() for client in flood]
        self.assertLess(len([each for each in told if each]), 100)


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

    def test_a_tls_client_is_told_at_once(self) -> None:
        """Whether a line end happens to be in its ClientHello or not."""
        self.start()
        for rest in (b"\x00\x01\x00\x01\xfc\x03\x03 and so on", b"\n\x00\x00\x00\x00\x00"):
            hello = b"\x16\x03\x01\x02" + rest
            client = self.connect()
            client.send_bytes(hello)
            self.assertEqual(client.rest()[-1].text, "There is no TLS here: connect without it")


class LinkTest(unittest.TestCase):
    """A link on a real socket; this thread does what the core would do."""

    def setUp(self) -> None:
        folder = self.enterContext(TemporaryDirectory())
        self.context = tls_context.context(TlsConfig(), Path(folder))

    def open(self, clear_text: PlaintextPolicy = "anyone", address: str = "127.0.0.1") -> None:
        self.arrivals: queue.SimpleQueue[Any] = queue.SimpleQueue()
        listening = socket.create_server(("127.0.0.1", 0))
        self.peer = socket.create_connection(listening.getsockname(), DEADLINE)
        mine, _ = listening.accept()
        listening.close()
        self.addCleanup(self.peer.close)
        door = ConnectionPolicy(LimitsConfig(), (), self.context, clear_text)
        self.link = Link(mine, (address, 1), door, self.arrivals.put, self.arrivals.put)
        self.link.start()
        self.addCleanup(mine.close)

    def hang_up(self) -> None:
        self.link.put(TEXT)
        self.link.flush()
        self.link.close()

    def serve(self) -> None:
        """What the core does until the peer has gone."""
        while not isinstance(arrival := self.arrivals.get(timeout=DEADLINE), Disconnected):
            if arrival is self.link:
                self.link.on_writable()
            else:
                self.link.resume()
        self.link.dispose()

    def serving(self) -> None:
        core = threading.Thread(target=self.serve)
        core.start()
        self.addCleanup(core.join, DEADLINE)

    def everything(self, sock: socket.socket) -> bytes:
        data = b""
        while more := sock.recv(4096):
            data += more
        sock.close()
        return data


class BeforeTheFirstByte(LinkTest):
    def test_what_was_said_before_the_handshake_is_inside_tls(self) -> None:
        self.open()
        self.hang_up()
        self.serving()
        secure = context().wrap_socket(self.peer, server_hostname="localhost")
        self.assertEqual(self.everything(secure), TEXT)

    def test_to_somebody_without_tls_it_is_in_clear(self) -> None:
        self.open()
        self.hang_up()
        self.serving()
        self.peer.sendall(b"NICK ann\r\n")
        self.assertEqual(self.everything(self.peer), TEXT)

    def test_to_somebody_silent_it_is_in_clear_in_the_end(self) -> None:
        self.open()
        self.hang_up()
        self.link.start_without_tls()
        self.serving()
        self.assertEqual(self.everything(self.peer), TEXT)

    def test_in_the_middle_of_a_handshake_it_waits_for_the_end(self) -> None:
        self.open()
        outgoing, incoming = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context().wrap_bio(incoming, outgoing, server_hostname="localhost")
        with self.assertRaises(ssl.SSLWantReadError):
            tls.do_handshake()
        hello = outgoing.read()
        self.peer.sendall(hello[:5])
        self.arrivals.get(timeout=DEADLINE)
        self.hang_up()
        self.serving()
        self.peer.sendall(hello[5:])
        data = b""
        while not data:
            incoming.write(self.peer.recv(65536))
            try:
                data = tls.read(4096)
            except ssl.SSLWantReadError:
                self.peer.sendall(outgoing.read())
        self.assertEqual(data, TEXT)
        self.peer.close()


class WhoIsSpokenTo(LinkTest):
    def test_only_who_may_talk_without_tls(self) -> None:
        cases: list[tuple[PlaintextPolicy, str, bool]] = [
            ("anyone", "192.0.2.7", True),
            ("this computer", "127.0.0.1", True),
            ("this computer", "::ffff:127.0.0.1", True),
            ("this computer", "192.0.2.7", False),
            ("nobody", "127.0.0.1", False),
        ]
        for clear_text, address, expected in cases:
            with self.subTest(clear_text, address=address):
                self.open(clear_text, address)
                self.assertIs(self.link.start_without_tls(), expected)
                self.serving()
                self.peer.close()

    def test_not_who_has_begun_a_handshake(self) -> None:
        self.open()
        self.peer.sendall(b"\x16")
        self.arrivals.get(timeout=DEADLINE)  # the byte was read
        self.assertFalse(self.link.start_without_tls())
        self.link.resume()
        self.serving()
        self.peer.close()

    def test_a_late_handshake_succeeds_where_nothing_was_said(self) -> None:
        self.open("this computer", "192.0.2.7")
        self.assertFalse(self.link.start_without_tls())
        self.link.put(TEXT)
        self.serving()
        secure = context().wrap_socket(self.peer, server_hostname="localhost")
        secure.close()


if __name__ == "__main__":
    unittest.main()
