"""The wire, with real sockets of this computer."""

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
PATIENCE = 10.0  # seconds, for what takes milliseconds


class LinkTest(Quiet):
    """A listening socket, a link to it, and the queue between."""

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
        """The other end of the link."""
        other, _ = (listener or self.listener).accept()
        self.addCleanup(other.close)
        other.settimeout(PATIENCE)
        return other

    def item(self) -> Any:
        """The next thing that the link reports."""
        return self.inbox.get(timeout=PATIENCE)

    def lines(self, count: int) -> list[str]:
        """The next lines."""
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
        """A port on which nothing listens."""
        with socket.socket() as sock:
            sock.bind((HERE, 0))
            return int(sock.getsockname()[1])


class Talking(LinkTest):
    def test_lines_go_both_ways(self) -> None:
        link, other = self.connected()
        other.sendall(b":srv 001 ana :Welcome\r\nPING x\n")
        self.assertEqual([":srv 001 ana :Welcome", "PING x"], self.lines(2))
        link.send("PONG x")
        link.send("PRIVMSG #c :grüße")
        with other.makefile("rb") as stream:
            self.assertEqual(b"PONG x\r\n", stream.readline())
            self.assertEqual("PRIVMSG #c :grüße\r\n".encode(), stream.readline())

    def test_what_is_sent_before_the_link_stands_is_kept(self) -> None:
        link = self.link()
        link.send("NICK ana")
        self.assertEqual(b"NICK ana\r\n", self.accept().recv(100))

    def test_a_line_may_come_in_pieces_cut_anywhere(self) -> None:
        _, other = self.connected()
        data = "PRIVMSG #c :grüße 🎉\r\nPING y\r\n".encode()
        other.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in data:
            other.sendall(bytes([byte]))
        self.assertEqual(["PRIVMSG #c :grüße 🎉", "PING y"], self.lines(2))

    def test_a_line_of_an_old_program_is_read_as_it_was_meant(self) -> None:
        _, other = self.connected()
        other.sendall("PRIVMSG #c :schön\r\n".encode("cp1252") + b"\x81\r\n")
        self.assertEqual(["PRIVMSG #c :schön", "\ufffd"], self.lines(2))

    def test_a_line_break_within_a_line_makes_no_second_line(self) -> None:
        link, other = self.connected()
        link.send("PRIVMSG #c :one\r\nQUIT :two")
        self.assertEqual(b"PRIVMSG #c :one  QUIT :two\r\n", other.recv(100))

    def test_half_a_character_is_sent_as_a_question_mark(self) -> None:
        link, other = self.connected()
        link.send("PRIVMSG #c :\ud83d")
        self.assertEqual(b"PRIVMSG #c :?\r\n", other.recv(100))

    def test_an_endless_line_is_skipped_and_the_next_one_is_read(self) -> None:
        _, other = self.connected()
        other.sendall(b"x" * (LONGEST_LINE * 2) + b"\r\nPING z\r\n")
        self.assertEqual(["PING z"], self.lines(1))

    def test_sending_never_waits_for_a_server_that_does_not_read(self) -> None:
        link, other = self.connected()
        for _ in range(2000):
            link.send("PRIVMSG #c :" + "x" * 4000)
        other.sendall(b"PING still here\r\n")
        self.assertEqual(["PING still here"], self.lines(1))

    def test_a_server_is_not_read_while_too_much_waits_and_then_it_is(self) -> None:
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
    def test_the_last_lines_come_before_the_end(self) -> None:
        link, other = self.connected()
        other.sendall(b"ERROR :bye\r\n")
        other.close()
        self.assertEqual(["ERROR :bye"], self.lines(1))
        self.assertEqual(LinkLost(link, ""), self.item())

    def test_a_reset_is_told_with_its_reason(self) -> None:
        _, other = self.connected()
        other.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        other.close()
        item = self.item()
        self.assertIsInstance(item, LinkLost)
        self.assertIn("reset", item.reason.lower())

    def test_closing_sends_what_waits_and_reports_nothing(self) -> None:
        link, other = self.connected()
        link.send("QUIT :bye")
        link.close()
        self.assertEqual(b"QUIT :bye\r\n", other.recv(100))
        self.assertEqual(b"", other.recv(100))
        other.close()
        link.join(PATIENCE)
        self.assertTrue(self.inbox.empty())

    def test_closing_hears_the_other_side_out_so_that_nothing_is_reset(self) -> None:
        link, other = self.connected()
        link.send("QUIT")
        link.close()
        self.assertEqual(b"QUIT\r\n", other.recv(100))
        other.sendall(b"ERROR :goodbye\r\n" * 100)
        self.assertEqual(b"", other.recv(100))

    def test_closing_does_not_wait_for_ever(self) -> None:
        link, _ = self.connected()
        for _ in range(2000):
            link.send("x" * 4000)
        link.close()
        link.join(PATIENCE)
        self.assertNotIn(link._thread, threading.enumerate())

    def test_sending_and_closing_after_the_end_do_no_harm(self) -> None:
        link, other = self.connected()
        other.close()
        self.assertIsInstance(self.item(), LinkLost)
        link.join(PATIENCE)
        link.send("PING x")
        link.close()
        link.close()

    def test_a_bug_in_the_thread_is_told_as_a_loss(self) -> None:
        with (
            mock.patch("chatapp.client.transport.tls_dial.dial", side_effect=RuntimeError("bug")),
            self.assertLogs("chatapp.client.transport.link", "ERROR"),
        ):
            self.link()
            self.assertIsInstance(self.item(), LinkLost)
