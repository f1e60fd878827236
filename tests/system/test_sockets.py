"""Options of TCP sockets that differ between systems."""

from __future__ import annotations

import errno
import socket
import unittest
from contextlib import suppress
from unittest import mock

from chatapp.system.sockets import DONT_WAIT, take_port_alone, wait_until_readable, wait_until_writable


def bound(port: int = 0) -> socket.socket:
    sock = socket.socket()
    try:
        take_port_alone(sock)
        sock.bind(("127.0.0.1", port))
        sock.listen()
    except OSError:
        sock.close()
        raise
    return sock


class Ports(unittest.TestCase):
    def test_a_port_in_use_is_refused(self) -> None:
        with bound() as first, self.assertRaises(OSError) as refused:
            bound(first.getsockname()[1])
        self.assertEqual(refused.exception.errno, errno.EADDRINUSE)

    def test_a_port_can_be_reused_while_the_last_connection_is_in_time_wait(self) -> None:
        with bound() as first, socket.create_connection(first.getsockname()) as client:
            port = first.getsockname()[1]
            first.accept()[0].close()  # this side closes first and enters TIME_WAIT
            client.recv(1)
        bound(port).close()

    def test_windows_uses_another_option(self) -> None:
        """On Windows SO_REUSEADDR would let a second server share the port."""
        sock = mock.Mock()
        with mock.patch.object(socket, "SO_EXCLUSIVEADDRUSE", -5, create=True):
            take_port_alone(sock)
        sock.setsockopt.assert_called_once_with(socket.SOL_SOCKET, -5, 1)

    @unittest.skipUnless(DONT_WAIT, "Windows has no such flag")
    def test_sending_to_a_full_socket_does_not_block(self) -> None:
        one, other = socket.socketpair()
        with one, other, self.assertRaises(BlockingIOError):
            while one.send(bytes(1 << 16), DONT_WAIT):
                continue


class Waiting(unittest.TestCase):
    def setUp(self) -> None:
        self.mine, self.peer = socket.socketpair()
        self.addCleanup(self.mine.close)
        self.addCleanup(self.peer.close)

    def test_a_socket_is_readable_when_something_arrives_or_the_peer_has_gone(self) -> None:
        self.assertFalse(wait_until_readable(self.mine, 0))
        self.peer.sendall(b"x")
        self.assertTrue(wait_until_readable(self.mine, 0))
        self.mine.recv(1)
        self.assertFalse(wait_until_readable(self.mine, 0))
        self.peer.close()
        self.assertTrue(wait_until_readable(self.mine, 0))

    def test_a_full_socket_is_writable_when_the_peer_reads(self) -> None:
        self.mine.setblocking(False)
        self.assertTrue(wait_until_writable(self.mine, 0))
        count = 0
        with suppress(BlockingIOError):
            while True:
                count += self.mine.send(bytes(65536))
        self.assertFalse(wait_until_writable(self.mine, 0))
        while count:
            count -= len(self.peer.recv(65536))
        self.assertTrue(wait_until_writable(self.mine, 0))

    def test_a_shutdown_ends_the_wait(self) -> None:
        self.mine.shutdown(socket.SHUT_RDWR)
        self.assertTrue(wait_until_readable(self.mine, 0))


if __name__ == "__main__":
    unittest.main()
