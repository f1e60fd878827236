"""Refusals reach TLS clients inside TLS, and plain text is sent only to clients that do not use TLS."""

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
from tests.live.base import DEADLINE, LiveTest, RawClient
from tests.live.test_tls import TlsClient, client_context

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

    def refusal(self, client: RawClient, *lines: str) -> str:
        """The final message to a client that sends these lines at once."""
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

    def test_a_silent_client_reads_it_in_the_end(self) -> None:
        self.assertEqual(self.refusal(self.connect()), TOO_MANY)

    def test_a_flood_is_hung_up_on(self) -> None:
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
            self.assertEqual(client.rest()[-1].text, "There is no TLS here: connect without it")


class LinkTest(unittest.TestCase):
    """A link on a real socket; the test does what the core would do."""

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
        policy = ConnectionPolicy(LimitsConfig(), (), self.context, clear_text)
        self.link = Link(mine, (address, 1), policy, self.arrivals.put, self.arrivals.put)
        self.link.start()
        self.addCleanup(mine.close)

    def hang_up(self) -> None:
        self.link.put(TEXT)
        self.link.flush()
        self.link.close()

    def serve(self) -> None:
        """Do what the core does, until the peer has gone."""
        while not isinstance(arrival := self.arrivals.get(timeout=DEADLINE), Disconnected):
            if arrival is self.link:
                self.link.on_writable()
            else:
                self.link.resume()
        self.link.dispose()

    def serve_in_thread(self) -> None:
        core = threading.Thread(target=self.serve)
        core.start()
        self.addCleanup(core.join, DEADLINE)

    def read_to_end(self, sock: socket.socket) -> bytes:
        data = b""
        while more := sock.recv(4096):
            data += more
        sock.close()
        return data


class BeforeTheFirstByte(LinkTest):
    def test_text_sent_before_the_handshake_arrives_inside_tls(self) -> None:
        self.open()
        self.hang_up()
        self.serve_in_thread()
        secure = client_context().wrap_socket(self.peer, server_hostname="localhost")
        self.assertEqual(self.read_to_end(secure), TEXT)

    def test_a_plain_text_client_gets_it_in_plain_text(self) -> None:
        self.open()
        self.hang_up()
        self.serve_in_thread()
        self.peer.sendall(b"NICK ann\r\n")
        self.assertEqual(self.read_to_end(self.peer), TEXT)

    def test_a_silent_client_gets_it_in_plain_text_in_the_end(self) -> None:
        self.open()
        self.hang_up()
        self.link.start_without_tls()
        self.serve_in_thread()
        self.assertEqual(self.read_to_end(self.peer), TEXT)

    def test_in_the_middle_of_a_handshake_it_waits_for_the_end(self) -> None:
        self.open()
        outgoing, incoming = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = client_context().wrap_bio(incoming, outgoing, server_hostname="localhost")
        with self.assertRaises(ssl.SSLWantReadError):
            tls.do_handshake()
        hello = outgoing.read()
        self.peer.sendall(hello[:5])
        self.arrivals.get(timeout=DEADLINE)
        self.hang_up()
        self.serve_in_thread()
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


class PlaintextPolicies(LinkTest):
    def test_only_permitted_addresses_may_start_without_tls(self) -> None:
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
                self.serve_in_thread()
                self.peer.close()

    def test_a_client_that_began_a_handshake_may_not_start_without_tls(self) -> None:
        self.open()
        self.peer.sendall(b"\x16")
        self.arrivals.get(timeout=DEADLINE)  # the byte was read
        self.assertFalse(self.link.start_without_tls())
        self.link.resume()
        self.serve_in_thread()
        self.peer.close()

    def test_a_late_handshake_succeeds_where_nothing_was_sent_in_plain_text(self) -> None:
        self.open("this computer", "192.0.2.7")
        self.assertFalse(self.link.start_without_tls())
        self.link.put(TEXT)
        self.serve_in_thread()
        secure = client_context().wrap_socket(self.peer, server_hostname="localhost")
        secure.close()


if __name__ == "__main__":
    unittest.main()
