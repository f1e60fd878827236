"""How much a link is told to wait for, through TLS and without."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from contextlib import nullcontext

from chatapp.protocol.tls import TlsPipe
from chatapp.server.net.transport import Clear, Secure
from tests.protocol.test_tls import client_context, server_context
from tests.protocol.wire import wire_of


class Flushing(unittest.TestCase):
    def setUp(self) -> None:
        self.sent = b""
        self.room = 1 << 20

    def send(self, data: bytes | bytearray | memoryview) -> int:
        """As a socket does it that has room for so many bytes."""
        taken = bytes(data[: self.room])
        self.sent += taken
        self.room -= len(taken)
        return len(taken)

    def shaken(self) -> tuple[Secure, TlsPipe]:
        """A server's wire and its client, whose handshake is done."""
        server = Secure(server_context())
        client = TlsPipe(client_context(), nullcontext(), host="localhost")
        for _ in ("hello", "finished"):
            server.feed(wire_of(client))
            server.flush(self.send)
            client.feed(self.taken())
        return server, client

    def taken(self) -> bytes:
        taken, self.sent = self.sent, b""
        return taken

    def test_what_the_socket_does_not_take_is_left(self) -> None:
        wire = Clear()
        wire.write(b"hello ")
        wire.write(b"world")
        self.room = 4
        self.assertEqual((wire.flush(self.send), wire.pending), (7, 7))
        self.room = 100
        self.assertEqual((wire.flush(self.send), self.sent), (0, b"hello world"))

    def test_what_is_left_stays_in_order_however_little_the_socket_takes(self) -> None:
        """A slow reader's backlog is written to and taken from a little at a time."""
        secure, client = self.shaken()
        wires: tuple[tuple[Clear | Secure, Callable[[bytes], bytes]], ...] = (
            (Clear(), bytes),
            (secure, client.feed),
        )
        for wire, plain_of in wires:
            written = b""
            received = b""
            for number in range(300):
                piece = b"%d " % number * (number % 7 + 1)
                wire.write(piece)
                written += piece
                self.room = number % 11
                left = wire.flush(self.send)
                self.assertEqual(left, wire.pending)
                received += self.taken()
            self.room = 1 << 20
            self.assertEqual(wire.flush(self.send), 0)
            self.assertEqual(plain_of(received + self.taken()), written)

    def test_through_tls_too(self) -> None:
        wire, client = self.shaken()
        plain = b"hello" * 50_000
        wire.write(plain)
        self.room = 1000
        self.assertGreaterEqual(wire.flush(self.send), len(plain) - 1000)
        self.room = 1 << 20
        self.assertEqual(wire.flush(self.send), 0)
        self.assertTrue(client.feed(self.taken()) == plain)

    def test_nobody_waits_at_the_socket_for_a_peer_that_stopped_in_mid_handshake(self) -> None:
        """The socket can be written all the time: who waits for that would never rest."""
        wire = Secure(server_context())
        hello = wire_of(TlsPipe(client_context(), nullcontext(), host="localhost"))
        wire.feed(hello[: len(hello) // 2])
        wire.write(b"ERROR :Registration timed out\r\n")
        wire.close()
        self.assertEqual(wire.flush(self.send), 0)
        self.assertGreater(wire.pending, 0)


if __name__ == "__main__":
    unittest.main()
