"""Connecting: every address of a name is tried, and a failure is explained."""

from __future__ import annotations

import socket
import threading
import unittest
from typing import Any
from unittest import mock

from chatapp.client.transport import dial
from chatapp.client.transport.link import LinkConnected, LinkFailed
from tests.client.transport.test_link import HERE, PATIENCE, LinkTest


class Dialling(LinkTest):
    def assert_failed(self, kind: str, words: str) -> None:
        item = self.item()
        self.assertIsInstance(item, LinkFailed)
        self.assertEqual(kind, item.kind)
        self.assertIn(words, item.reason)

    def addresses(self, *ports: int) -> Any:
        """Resolve every name to these ports of this computer."""
        rows = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (HERE, port)) for port in ports]
        return mock.patch("socket.getaddrinfo", return_value=rows)

    def test_a_name_is_resolved(self) -> None:
        link = self.link("localhost")
        self.accept()
        self.assertEqual(LinkConnected(link, here=True), self.item())

    def test_ipv6_is_supported(self) -> None:
        try:
            listener = self.listen("::1", socket.AF_INET6)
        except OSError:
            self.skipTest("this computer has no IPv6")
        link = self.link("::1", listener.getsockname()[1])
        self.accept(listener)
        self.assertEqual(LinkConnected(link, here=True), self.item())

    def test_a_port_without_a_listener_refuses_the_connection(self) -> None:
        port = self.free_port()
        self.link(port=port)
        self.assert_failed("refused", f"no server answers on port {port}")

    def test_an_address_that_refuses_does_not_prevent_the_next_one(self) -> None:
        with self.addresses(self.free_port(), self.free_port(), self.port):
            link = self.link("chat.example")
            self.accept()
            self.assertEqual(LinkConnected(link, here=True), self.item())

    def test_an_address_that_does_not_answer_does_not_prevent_the_next_one(self) -> None:
        silent, real = self.silent(), dial._start
        with (
            self.addresses(1, self.port),
            mock.patch.object(
                dial, "_start", side_effect=lambda row: silent if row[4][1] == 1 else real(row)
            ),
        ):
            link = self.link("chat.example")
            self.accept()
            self.assertEqual(LinkConnected(link, here=True), self.item())

    def silent(self) -> socket.socket:
        """Return a socket that never becomes writable, like one whose peer does not answer."""
        ours, theirs = socket.socketpair()
        self.addCleanup(theirs.close)
        self.addCleanup(ours.close)
        ours.setblocking(False)
        try:
            while True:
                ours.send(b"x" * 65536)
        except BlockingIOError:
            return ours

    def test_without_an_answer_it_times_out(self) -> None:
        with mock.patch.object(dial, "_start", return_value=self.silent()):
            self.link(seconds=0.05)
            self.assert_failed("timeout", "did not answer within")

    def test_cancelling_ends_it_at_once(self) -> None:
        with mock.patch.object(dial, "_start", return_value=self.silent()):
            link = self.link()
            link.close()
            link.join(PATIENCE)
        self.assertNotIn(link._thread, threading.enumerate())
        self.assertTrue(self.inbox.empty())

    def test_a_name_that_cannot_be_resolved_is_reported(self) -> None:
        for number, expected in (
            (socket.EAI_NONAME, "There is no server called nobody.example. Check the spelling."),
            (socket.EAI_AGAIN, "Check that this computer is online."),
        ):
            error = socket.gaierror(number, "")
            with self.subTest(number), mock.patch("socket.getaddrinfo", side_effect=error):
                self.link("nobody.example")
                self.assert_failed("host", expected)

    def test_an_invalid_name_is_reported(self) -> None:
        for host in ("a..b", "x" * 300):
            with self.subTest(host[:5]):
                self.link(host)
                self.assert_failed("host", "is not a valid server address")

    def test_an_unreachable_network_is_reported(self) -> None:
        error = OSError(101, "Network is unreachable")
        with mock.patch.object(dial, "_start", side_effect=error):
            self.link()
            self.assert_failed("host", "127.0.0.1 cannot be reached")


if __name__ == "__main__":
    unittest.main()
