"""Back-pressure: a client that sends much is read slowly, whatever it sends."""

from __future__ import annotations

import socket

from tests.live.base import LiveTest
from tests.server.net.test_http import opening
from tests.server.net.test_websocket import frame

MAX_BYTES = 12 << 20  # more than the system buffers at both ends of a connection


class HostileSenders(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ann = self.enter("ann", channel="#c")

    def assert_not_read(self, sock: socket.socket, data: bytes) -> None:
        """Check that the server reads only a small part of data that is sent again and again."""
        sock.settimeout(1)
        with self.assertRaises(TimeoutError):
            for _ in range(MAX_BYTES // len(data)):
                sock.sendall(data)
        self.ann.settle()

    def test_websocket_frames_cost_as_much_as_lines(self) -> None:
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
                self.assert_not_read(sock, piece * (65536 // len(piece)))

    def test_empty_lines_cost_as_much_as_others_and_bytes_cost_a_little(self) -> None:
        for data in (b"\n" * 65536, b"\r\n" * 32768, b"\0" * (1 << 20), b"x" * (1 << 20)):
            with self.subTest(data[:2]):
                client = self.connect()
                client.send("PING here")
                client.until("PONG")
                self.assert_not_read(client.sock, data)

    def test_a_stopping_server_does_not_wait_for_a_paused_reader(self) -> None:
        self.connect().send_bytes(b"\n" * (1 << 20))
        self.assertEqual(self.server.stop(), 0)
