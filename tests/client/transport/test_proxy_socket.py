"""Reading exactly what is asked for, with a deadline."""

from __future__ import annotations

import socket
import time
import unittest

from chatapp.client.transport.proxy_socket import ProxyEnded, ProxySocket, WaitCancelled


class ProxySocketTest(unittest.TestCase):
    def setUp(self) -> None:
        self.here, self.there = socket.socketpair()
        self.wake, self.waker = socket.socketpair()
        for each in (self.here, self.there, self.wake, self.waker):
            self.addCleanup(each.close)
        self.here.setblocking(False)
        self.is_cancelled = False
        self.sock = ProxySocket(self.here, self.wake, lambda: self.is_cancelled, time.monotonic() + 10)

    def test_what_follows_the_head_is_not_read(self) -> None:
        self.there.sendall(b"HTTP/1.1 200 OK\r\n\r\n:server")
        self.assertEqual(b"HTTP/1.1 200 OK\r\n\r\n", self.sock.read_head(100))
        self.assertEqual(b":server", self.here.recv(100))

    def test_a_head_is_cut_at_the_limit(self) -> None:
        self.there.sendall(b"x" * 100)
        self.assertEqual(b"x" * 10, self.sock.read_head(10))

    def test_the_end_of_the_connection_is_an_error(self) -> None:
        self.there.sendall(b"ab")
        self.there.close()
        with self.assertRaises(ProxyEnded):
            self.sock.read(3)

    def test_the_deadline_is_an_error(self) -> None:
        with self.assertRaises(TimeoutError):
            ProxySocket(self.here, self.wake, lambda: False, time.monotonic()).read(1)

    def test_a_wake_up_looks_whether_the_wait_is_cancelled(self) -> None:
        checks: list[bool] = []

        def is_cancelled() -> bool:
            checks.append(True)
            if len(checks) == 1:
                self.waker.send(b"\0")
            return len(checks) > 1

        with self.assertRaises(WaitCancelled):
            ProxySocket(self.here, self.wake, is_cancelled, time.monotonic() + 10).read(1)


if __name__ == "__main__":
    unittest.main()
