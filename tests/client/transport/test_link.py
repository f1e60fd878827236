"""The link, with real sockets of this computer."""

from __future__ import annotations

import socket
import struct
import threading
from queue import SimpleQueue
from typing import Any
from unittest import mock

from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.link import (
    MAX_QUEUED,
    LinesReceived,
    LinkConnected,
    LinkLost,
    ServerLink,
)
from chatapp.client.transport.stream import LONGEST_LINE
from tests.errors import Quiet

HERE = "127.0.0.1"
PATIENCE = 10.0  # seconds; the operations take milliseconds


class LinkTest(Quiet):
    """A listening socket, a link to it, and the queue between them."""

    def setUp(self) -> None:
        super().setUp()
        self.inbox: SimpleQueue[Any] = SimpleQueue()
        self.listener = self.listen()
        self.port: int = self.listener.getsockname()[1]

    def listen(self, host: str = HERE, family: int = socket.AF_INET) -> socket.socket:
        listener = socket.socket(family, socket.SOCK_STREAM)
        self.addCleanup(listener.close)
        listener.bind((host, 0))
        listener.listen()
        listener.settimeout(PATIENCE)
        return listener

    def link(self, host: str = HERE, port: int | None = None, seconds: float = PATIENCE) -> ServerLink:
        target = ServerTarget(host, self.port if port is None else port, encrypt="never")
        link = ServerLink(target, self.inbox, seconds)
        self.addCleanup(link.join, PATIENCE)
        self.addCleanup(link.close)
        return link

    def accept(self, listener: socket.socket | None = None) -> socket.socket:
        """Accept the connection of the link."""
        other, _ = (listener or self.listener).accept()
        self.addCleanup(other.close)
        other.settimeout(PATIENCE)
        return other

    def item(self) -> Any:
        """Return the next item that the link reports."""
        return self.inbox.get(timeout=PATIENCE)

    def lines(self, count: int) -> list[str]:
        """Return the next lines."""
        lines: list[str] = []
        while len(lines) < count:
            item = self.item()
            self.assertIsInstance(item, LinesReceived)
            lines += item.lines
        return lines

    def connected(self) -> tuple[ServerLink, socket.socket]:
        link = self.link()
        other = self.accept()
        self.assertEqual(LinkConnected(link, here=True), self.item())
        return link, other

    def free_port(self) -> int:
        """Return a port without a listener."""
        with socket.socket() as sock:
            sock.bind((HERE, 0))
            return int(sock.getsockname()[1])


class Lines(LinkTest):
    def test_lines_are_sent_in_both_directions(self) -> None:
        link, other = self.connected()
        other.sendall(b":srv 001 ana :Welcome\r\nPING x\n")
        self.assertEqual([":srv 001 ana :Welcome", "PING x"], self.lines(2))
        link.send("PONG x")
        link.send("PRIVMSG #c :grüße")
        with other.makefile("rb") as stream:
            self.assertEqual(b"PONG x\r\n", stream.readline())
            self.assertEqual("PRIVMSG #c :grüße\r\n".encode(), stream.readline())

    def test_lines_sent_before_the_connection_are_sent_later(self) -> None:
        link = self.link()
        link.send("NICK ana")
        self.assertEqual(b"NICK ana\r\n", self.accept().recv(100))

    def test_a_line_may_arrive_in_pieces(self) -> None:
        _, other = self.connected()
        data = "PRIVMSG #c :grüße 🎉\r\nPING y\r\n".encode()
        other.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in data:
            other.sendall(bytes([byte]))
        self.assertEqual(["PRIVMSG #c :grüße 🎉", "PING y"], self.lines(2))

    def test_a_line_that_is_not_utf_8_is_decoded_as_latin_1(self) -> None:
        _, other = self.connected()
        other.sendall("PRIVMSG #c :schön\r\n".encode("cp1252") + b"\x81\r\n")
        self.assertEqual(["PRIVMSG #c :schön", "\ufffd"], self.lines(2))

    def test_a_line_break_within_a_line_does_not_send_a_second_line(self) -> None:
        link, other = self.connected()
        link.send("PRIVMSG #c :one\r\nQUIT :two")
        self.assertEqual(b"PRIVMSG #c :one  QUIT :two\r\n", other.recv(100))

    def test_a_lone_surrogate_is_sent_as_a_question_mark(self) -> None:
        link, other = self.connected()
        link.send("PRIVMSG #c :\ud83d")
        self.assertEqual(b"PRIVMSG #c :?\r\n", other.recv(100))

    def test_an_endless_line_is_skipped_and_the_next_one_is_read(self) -> None:
        _, other = self.connected()
        other.sendall(b"x" * (LONGEST_LINE * 2) + b"\r\nPING z\r\n")
        self.assertEqual(["PING z"], self.lines(1))

    def test_sending_never_blocks_when_the_server_does_not_read(self) -> None:
        link, other = self.connected()
        for _ in range(2000):
            link.send("PRIVMSG #c :" + "x" * 4000)
        other.sendall(b"PING still here\r\n")
        self.assertEqual(["PING still here"], self.lines(1))

    def test_reading_pauses_while_too_many_lines_wait(self) -> None:
        for _ in range(MAX_QUEUED + 1):
            self.inbox.put(None)
        self.link()
        other = self.accept()
        other.sendall(b"PING x\r\n")
        for _ in range(MAX_QUEUED + 1):
            self.assertIsNone(self.item())
        self.assertIsInstance(self.item(), LinkConnected)
        self.assertEqual(["PING x"], self.lines(1))


class Ending(LinkTest):
    def test_the_last_lines_are_reported_before_the_loss(self) -> None:
        link, other = self.connected()
        other.sendall(b"ERROR :bye\r\n")
        other.close()
        self.assertEqual(["ERROR :bye"], self.lines(1))
        self.assertEqual(LinkLost(link, ""), self.item())

    def test_a_reset_is_reported_with_its_reason(self) -> None:
        _, other = self.connected()
        other.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        other.close()
        item = self.item()
        self.assertIsInstance(item, LinkLost)
        self.assertIn("reset", item.reason.lower())

    def test_closing_sends_waiting_lines_and_reports_nothing(self) -> None:
        link, other = self.connected()
        link.send("QUIT :bye")
        link.close()
        self.assertEqual(b"QUIT :bye\r\n", other.recv(100))
        self.assertEqual(b"", other.recv(100))
        other.close()
        link.join(PATIENCE)
        self.assertTrue(self.inbox.empty())

    def test_closing_reads_the_remaining_data_to_avoid_a_reset(self) -> None:
        link, other = self.connected()
        link.send("QUIT")
        link.close()
        self.assertEqual(b"QUIT\r\n", other.recv(100))
        other.sendall(b"ERROR :goodbye\r\n" * 100)
        self.assertEqual(b"", other.recv(100))

    def test_closing_has_a_time_limit(self) -> None:
        link, _ = self.connected()
        for _ in range(2000):
            link.send("x" * 4000)
        link.close()
        link.join(PATIENCE)
        self.assertNotIn(link._thread, threading.enumerate())

    def test_sending_and_closing_after_the_end_are_harmless(self) -> None:
        link, other = self.connected()
        other.close()
        self.assertIsInstance(self.item(), LinkLost)
        link.join(PATIENCE)
        link.send("PING x")
        link.close()
        link.close()

    def test_a_bug_in_the_thread_is_reported_as_a_loss(self) -> None:
        with (
            mock.patch("chatapp.client.transport.tls_dial.dial", side_effect=RuntimeError("bug")),
            self.assertLogs("chatapp.client.transport.link", "ERROR"),
        ):
            self.link()
            self.assertIsInstance(self.item(), LinkLost)
