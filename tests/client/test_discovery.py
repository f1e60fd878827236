"""Finding servers: who answers is told of, who falls silent is forgotten. The network is a socket of ours."""

from __future__ import annotations

import socket
import threading
from queue import SimpleQueue
from unittest import mock

from chatapp.client import discovery
from chatapp.client.discovery import Discovery
from chatapp.protocol.dns import build, parse
from chatapp.protocol.dnssd import Offer
from tests.errors import Quiet

PATIENCE = 10.0
ROOM = Offer("Room 12 on lab", "lab", 5000, ("192.168.1.20",), "Room 12", "ab" * 32)


class Neighbour:
    """Another computer: answers to every query as long as it has something to answer."""

    def __init__(self) -> None:
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(("127.0.0.1", 0))
        self.replies: list[bytes] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            data, sender = self.sock.recvfrom(9000)
            if not data:
                return
            parse(data)
            for reply in self.replies:
                self.sock.sendto(reply, sender)

    def close(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.sendto(b"", self.sock.getsockname())
        self._thread.join(PATIENCE)
        self.sock.close()


class Finding(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.neighbour = Neighbour()
        self.addCleanup(self.neighbour.close)
        self.found: SimpleQueue[list[Offer]] = SimpleQueue()
        self.patch("_sockets", self.sockets)
        self.patch("LOOK_SECONDS", 0.01)
        self.patch("ASK_SECONDS", (0.0, 0.05))
        self.patch("AGAIN_SECONDS", 0.05)

    def patch(self, name: str, value: object) -> None:
        patch = mock.patch.object(discovery, name, value)
        patch.start()
        self.addCleanup(patch.stop)

    def sockets(self) -> list[tuple[socket.socket, tuple[str | int, ...]]]:
        """One, that speaks to the neighbour alone."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        return [(sock, self.neighbour.sock.getsockname())]

    def search(self) -> Discovery:
        search = Discovery(self.found.put)
        self.addCleanup(search._thread.join, PATIENCE)
        self.addCleanup(search.stop)
        search.start()
        return search

    def test_who_answers_is_told_of_once(self) -> None:
        self.neighbour.replies = [build(ROOM.announcement())]
        self.search()
        self.assertEqual([ROOM], self.found.get(timeout=PATIENCE))
        self.assertTrue(self.found.empty())

    def test_who_comes_later_is_found_too(self) -> None:
        self.neighbour.replies = [build(ROOM.announcement())]
        self.search()
        self.found.get(timeout=PATIENCE)
        other = Offer("Lab", "pc", 5001, ("192.168.1.21",), "Lab")
        self.neighbour.replies.append(build(other.announcement()))
        self.assertEqual([other, ROOM], self.found.get(timeout=PATIENCE))

    def test_who_falls_silent_is_forgotten(self) -> None:
        self.patch("FRESH_SECONDS", 0.3)
        self.neighbour.replies = [build(ROOM.announcement())]
        self.search()
        self.found.get(timeout=PATIENCE)
        self.neighbour.replies = []
        self.assertEqual([], self.found.get(timeout=PATIENCE))

    def test_what_is_no_answer_is_passed_over(self) -> None:
        self.neighbour.replies = [b"\xff" * 40, b"", build(ROOM.announcement())]
        self.search()
        self.assertEqual([ROOM], self.found.get(timeout=PATIENCE))

    def test_without_a_network_it_ends_in_silence(self) -> None:
        self.patch("_sockets", list)
        self.search()._thread.join(PATIENCE)
        self.assertTrue(self.found.empty())

    def test_after_its_end_nothing_is_told(self) -> None:
        search = self.search()
        search.stop()
        search._thread.join(PATIENCE)
        self.assertFalse(search._thread.is_alive())
        self.assertTrue(self.found.empty())
