"""Options of TCP sockets that differ between systems."""

from __future__ import annotations

import errno
import socket
import unittest
from unittest import mock

from chatapp.system.sockets import DONT_WAIT, take_port_alone


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


if __name__ == "__main__":
    unittest.main()
