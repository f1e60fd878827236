"""Back-pressure: a client that sends much and says little is read slowly, whatever it sends."""

from __future__ import annotations

import socket

from tests.live.base import LiveTest
from tests.server.net.test_http import opening
from tests.server.net.test_websocket import frame

MOST_BYTES = 12 << 20  # more than the system keeps for both ends of a connection


class Hostile(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ann = self.enter("ann", channel="#c")

    def assertHeldUp(self, sock: socket.socket, data: bytes) -> None:
        """The server does not read what is sent again and again, beyond a small part."""
        sock.settimeout(1)
        with self.assertRaises(TimeoutError):
            for _ in range(MOST_BYTES // len(data)):
                sock.sendall(data)
        self.ann.settle()

    def test_frames_of_a_websocket_cost_as_lines_do(self) -> None:
        cases = {
            "empty": (b"", frame(1, b"")),
            "with an empty line": (b"", frame(1, b"\r\n")),
            "pong": (b"", frame(10, b"!")),
            "fragments": (frame(1, b"", False), frame(0, b"", False)),
        }
        for name, (start, piece) in cases.items():
            with self.subTest(name):
                sock = self.connect().sock
                sock.sendall(opening(Host="localhost") + start)
                sock.recv(4096)
                self.assertHeldUp(sock, piece * (65536 // len(piece)))

    def test_empty_lines_cost_as_others_do_and_other_bytes_cost_a_little(self) -> None:
        for data in (b"\n" * 65536, b"\r\n" * 32768, b"\0" * (1 << 20), b"x" * (1 << 20)):
            with self.subTest(data[:2]):
                client = self.connect()
                client.send("PING here")
                client.until("PONG")
                self.assertHeldUp(client.sock, data)

    def test_a_reader_that_waits_for_its_budget_notices_that_the_server_stops(self) -> None:
        self.connect().send_bytes(b"\n" * (1 << 20))
        self.assertEqual(self.server.stop(), 0)
