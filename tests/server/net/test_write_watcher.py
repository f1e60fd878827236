"""The watcher: the sockets that it waits for, even when the system reuses a file descriptor number."""

from __future__ import annotations

import socket
from collections.abc import Callable
from queue import SimpleQueue

from chatapp.server.config import LimitsConfig
from chatapp.server.core.inbox import Writable
from chatapp.server.net.link import Link
from chatapp.server.net.policy import ConnectionPolicy
from chatapp.server.net.write_watcher import WriteWatcher
from chatapp.server.state.connection import Connection
from chatapp.system.worker_thread import WorkerThread
from tests.errors import Quiet

DEADLINE = 20.0  # seconds, for anything that a test waits for
BLOCK = b"x" * 65536


class Watching(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.reports: SimpleQueue[Writable] = SimpleQueue()
        self.watcher = WriteWatcher(self.reports.put)
        self.watcher.start()
        self.is_running = True
        self.addCleanup(self.stop)
        self.listening = self.enterContext(socket.create_server(("127.0.0.1", 0)))
        self.idle, _ = self.connect()  # its socket is always writable

    def connect(self, watch: Callable[[Link], None] | None = None) -> tuple[Link, socket.socket]:
        """Return a link and its peer.

        Args:
            watch: The callback by which the link asks to be watched; by default that of the watcher.
        """
        peer = self.enterContext(socket.create_connection(self.listening.getsockname(), DEADLINE))
        sock, address = self.listening.accept()
        self.addCleanup(sock.close)
        return self.link(sock, address, watch), peer

    def connect_as(self, number: int) -> Link:
        """Return a link whose socket has this file descriptor, which is free."""
        for _ in range(100):
            peer = self.enterContext(socket.create_connection(self.listening.getsockname(), DEADLINE))
            sock = self.enterContext(self.listening.accept()[0])
            for each in (peer, sock):
                if each.fileno() == number:
                    return self.link(each, each.getsockname())
        raise AssertionError(f"number {number} is not free")

    def link(
        self, sock: socket.socket, address: tuple[str, int], watch: Callable[[Link], None] | None = None
    ) -> Link:
        return Link(
            sock,
            address,
            ConnectionPolicy(LimitsConfig(), ()),
            lambda arrival: None,
            watch or self.watcher.watch,
            WorkerThread("handshakes", idle_seconds=None),
        )

    def stop(self) -> None:
        if self.is_running:
            self.is_running = False
            self.watcher.stop()

    def fill(self, link: Link) -> int:
        """Write until the socket accepts no more, so that the link is watched. Return the accepted bytes."""
        written = 0
        while not link.backlog:
            link.put(BLOCK)
            link.flush()
            written += len(BLOCK)
        return written - link.backlog

    def drain(self, peer: socket.socket, size: int) -> None:
        while size:
            size -= len(peer.recv(min(size, len(BLOCK))))

    def settle(self) -> None:
        """Wait until the watcher has processed all earlier requests."""
        self.watcher.watch(self.idle)
        self.assertIs(self.next(), self.idle)

    def next(self) -> Connection:
        return self.reports.get(timeout=DEADLINE).link

    def test_a_link_is_notified_once_that_its_socket_is_writable(self) -> None:
        link, peer = self.connect()
        self.drain(peer, self.fill(link))
        self.assertIs(self.next(), link)
        self.settle()
        self.assertTrue(self.reports.empty())

    def test_a_socket_that_reuses_the_number_of_a_closed_one_is_watched(self) -> None:
        link, _ = self.connect()
        number = link.fileno()
        self.fill(link)
        link.dispose()
        self.settle()
        self.assertEqual(link.fileno(), -1)
        successor = self.connect_as(number)
        self.watcher.watch(successor)
        self.assertIs(self.next(), successor)

    def test_a_request_to_watch_a_disposed_link_is_harmless(self) -> None:
        link, _ = self.connect()
        self.fill(link)
        link.dispose()
        self.watcher.watch(link)
        self.watcher.watch(link)
        self.settle()
        self.assertEqual(link.fileno(), -1)

    def test_a_link_that_was_never_watched_is_closed_at_once(self) -> None:
        link, _ = self.connect()
        link.dispose()
        self.assertEqual(link.fileno(), -1)

    def test_a_disposed_link_does_not_use_its_socket(self) -> None:
        """The watcher may close the socket at any moment, so the core must not use it."""
        link, peer = self.connect(watch=lambda link: None)  # so that the number is not closed meanwhile
        sent = self.fill(link)
        link.dispose()
        link.put(b"late")
        link.flush()
        link.close()
        link.abort()
        self.drain(peer, sent)
        peer.setblocking(False)
        with self.assertRaises(BlockingIOError):  # neither more bytes nor the end
            peer.recv(1)

    def test_stopping_closes_disposed_links(self) -> None:
        link, _ = self.connect()
        self.fill(link)
        link.dispose()
        self.stop()
        self.assertEqual(link.fileno(), -1)
