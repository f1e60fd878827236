"""A stream between a socket pair: lines in, bytes out, and how it ends."""

from __future__ import annotations

import socket
import unittest

from chatapp.client.transport.stream import LONGEST_LINE, START_BYTES, Stream
from chatapp.protocol.tls import PlainPipe, TlsError
from tests.protocol.test_tls import client_pipe

DEADLINE = 20.0  # seconds; the operations take milliseconds


class StreamTest(unittest.TestCase):
    def setUp(self) -> None:
        sock, self.server = socket.socketpair()
        sock.setblocking(False)
        self.server.settimeout(DEADLINE)
        self.addCleanup(self.server.close)
        wake, self.waker = socket.socketpair()
        wake.setblocking(False)
        self.addCleanup(wake.close)
        self.addCleanup(self.waker.close)
        self.sock, self.wake = sock, wake
        self.stream = Stream(sock, wake, PlainPipe())
        self.addCleanup(self.stream.close)

    def lines(self) -> list[str]:
        """Return the lines that one turn receives."""
        self.stream.turn((), True, DEADLINE)
        return self.stream.take()


class Reading(StreamTest):
    def test_lines_are_complete_and_returned_once(self) -> None:
        self.server.sendall(b"PING a\r\nPING b\nPI")
        self.assertEqual(self.lines(), ["PING a", "PING b"])
        self.assertEqual(self.stream.take(), [])
        self.server.sendall(b"NG c\r\n")
        self.assertEqual(self.lines(), ["PING c"])

    def test_a_line_that_is_not_utf8_is_decoded_as_old_clients_encoded_it(self) -> None:
        self.server.sendall("grüße\r\n".encode() + "grüße €\r\n".encode("cp1252"))
        self.assertEqual(self.lines(), ["grüße", "grüße €"])

    def test_a_line_without_end_is_dropped_at_the_limit(self) -> None:
        text = b"x" * LONGEST_LINE + b"x"
        sent = 0
        while sent < len(text):
            sent += self.server.send(text[sent : sent + 65536])
            self.stream.turn((), True, DEADLINE)
        self.server.sendall(b"\r\nPING a\r\n")
        self.assertEqual(self.lines(), ["PING a"])

    def test_a_paused_stream_leaves_data_in_the_socket(self) -> None:
        self.server.sendall(b"PING a\r\n")
        self.stream.turn((), False, 0)
        self.assertEqual(self.stream.take(), [])
        self.assertEqual(self.lines(), ["PING a"])

    def test_a_wake_up_ends_the_wait(self) -> None:
        self.waker.send(b"!")
        self.assertEqual(self.lines(), [])

    def test_the_end_of_the_connection_is_detected(self) -> None:
        self.assertFalse(self.stream.ended)
        self.server.close()
        self.lines()
        self.assertTrue(self.stream.ended)


class Writing(StreamTest):
    def test_bytes_are_sent_in_order(self) -> None:
        self.stream.turn((b"NICK ann\r\n", b"USER ann 0 * :Ann\r\n"), True, 0)
        self.assertEqual(self.server.recv(100), b"NICK ann\r\nUSER ann 0 * :Ann\r\n")

    def test_bytes_that_the_socket_does_not_accept_are_sent_later(self) -> None:
        text = b"x" * 3_000_000
        self.stream.turn((text,), True, 0)
        received = 0
        while received < len(text):
            received += len(self.server.recv(1 << 20))
            self.stream.turn((), True, 0)
        self.assertEqual(received, len(text))

    def test_finishing_sends_the_last_lines_and_waits_for_the_server(self) -> None:
        self.server.sendall(b"ERROR :Closing link\r\n")
        self.server.shutdown(socket.SHUT_WR)
        self.stream.finish((b"QUIT :bye\r\n",))
        self.assertEqual(self.stream.take(), ["ERROR :Closing link"])
        with self.server.makefile("rb") as received:
            self.assertEqual(received.read(), b"QUIT :bye\r\n")


class Tls(StreamTest):
    def setUp(self) -> None:
        super().setUp()
        self.stream = Stream(self.sock, self.wake, client_pipe())
        self.addCleanup(self.stream.close)

    def test_the_first_bytes_of_a_server_without_tls_are_recorded(self) -> None:
        """They show why the handshake failed."""
        self.assertTrue(self.stream.is_secure)
        self.server.sendall(b"ERROR :Closing link\r\n" * 500)
        with self.assertRaises(TlsError):
            self.lines()
        self.assertTrue(self.stream.start.startswith(b"ERROR :Closing link\r\n"))
        self.assertEqual(len(self.stream.start), START_BYTES)

    def test_the_alert_reaches_a_server_whose_handshake_failed(self) -> None:
        self.server.sendall(b"\x16\x03\x03\x00\x05hello")
        with self.assertRaises(TlsError):
            self.lines()
        received = self.server.recv(65536)
        self.assertEqual(received[:1], b"\x16", "the ClientHello")
        self.assertIn(b"\x15\x03", received, "an alert record")


if __name__ == "__main__":
    unittest.main()
