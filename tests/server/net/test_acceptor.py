"""One listening socket."""

from __future__ import annotations

import errno
import socket
import unittest
from queue import SimpleQueue
from unittest import mock

from chatapp.server.net import acceptor
from chatapp.server.net.acceptor import Acceptor
from tests.errors import Quiet

DEADLINE = 20.0  # seconds


class Accepting(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.admitted: SimpleQueue[tuple[str, int]] = SimpleQueue()

    def admit(self, sock: socket.socket, peer: tuple[str, int]) -> None:
        sock.close()
        self.admitted.put(peer)

    def open(self) -> Acceptor:
        return Acceptor("127.0.0.1", 0, self.admit)

    def connect(self, opened: Acceptor) -> tuple[str, int]:
        """Connect and return the address of the client."""
        sock = self.enterContext(socket.create_connection(opened.address, DEADLINE))
        own: tuple[str, int] = sock.getsockname()
        return own

    def test_connections_are_admitted(self) -> None:
        opened = self.open()
        opened.start()
        self.addCleanup(opened.close)
        own = self.connect(opened)
        self.assertEqual(self.admitted.get(timeout=DEADLINE), own)

    def test_after_the_end_nothing_listens(self) -> None:
        opened = self.open()
        opened.start()
        opened.close()
        self.assertRaises(OSError, socket.create_connection, opened.address, DEADLINE)

    def test_connections_that_wait_are_admitted_at_the_end_if_asked(self) -> None:
        for admits in (True, False):
            with self.subTest(admits):
                opened = self.open()  # not started, so that the connection waits
                own = self.connect(opened)
                opened.close(admits_waiting=admits)
                self.assertEqual(self.admitted.empty(), not admits)
                if admits:
                    self.assertEqual(self.admitted.get(), own)

    def test_it_goes_on_when_the_system_has_no_more_files(self) -> None:
        opened = self.open()
        self.addCleanup(opened.close)
        failing = mock.Mock(wraps=opened._sock)
        failing.fileno = opened._sock.fileno
        failing.accept.side_effect = [OSError(errno.EMFILE, "Too many open files"), mock.DEFAULT]
        opened._sock = failing
        with (
            mock.patch.object(acceptor, "PAUSE_SECONDS", 0.0),
            self.assertLogs("chatapp.server.net.acceptor", "ERROR"),
        ):
            opened.start()
            own = self.connect(opened)
            self.assertEqual(self.admitted.get(timeout=DEADLINE), own)


if __name__ == "__main__":
    unittest.main()
