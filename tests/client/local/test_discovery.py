"""Discovery of servers on the network. Both ends are sockets of the test."""

from __future__ import annotations

import socket
import threading
import unittest
from queue import SimpleQueue
from unittest import mock

from chatapp.client.local import discovery
from chatapp.client.local.discovery import EXPIRY_SECONDS, MAX_RECORDS, Discovery, ReceivedPackets
from chatapp.protocol import dnssd
from chatapp.protocol.dns import PTR, RESPONSE, TXT, A, Packet, Record, build, parse
from chatapp.protocol.dnssd import Offer, query
from tests.errors import Quiet

PATIENCE = 10.0
ROOM = Offer("Room 12 on lab", "lab", 5000, ("192.168.1.20",), "Room 12", "ab" * 32)


class Neighbour:
    """Another computer. It answers every query with the current answer, if there is one."""

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


class Discovering(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.neighbour = Neighbour()
        self.addCleanup(self.neighbour.close)
        self.found: SimpleQueue[list[Offer]] = SimpleQueue()
        self.patch("query_sockets", self.sockets)
        self.patch("CHECK_SECONDS", 0.01)
        self.patch("QUERY_SECONDS", (0.0, 0.05))
        self.patch("REPEAT_SECONDS", 0.05)

    def patch(self, name: str, value: object) -> None:
        patch = mock.patch.object(discovery, name, value)
        patch.start()
        self.addCleanup(patch.stop)

    def sockets(self) -> list[tuple[socket.socket, tuple[str | int, ...]]]:
        """Return one socket, which sends to the neighbour only."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        return [(sock, self.neighbour.sock.getsockname())]

    def search(self) -> Discovery:
        search = Discovery(self.found.put)
        self.addCleanup(search._thread.join, PATIENCE)
        self.addCleanup(search.stop)
        search.start()
        return search

    def test_a_server_that_answers_is_reported_once(self) -> None:
        self.neighbour.replies = [build(ROOM.announcement())]
        self.search()
        self.assertEqual([ROOM], self.found.get(timeout=PATIENCE))
        self.assertTrue(self.found.empty())

    def test_a_server_that_appears_later_is_found_too(self) -> None:
        self.neighbour.replies = [build(ROOM.announcement())]
        self.search()
        self.found.get(timeout=PATIENCE)
        other = Offer("Lab", "pc", 5001, ("192.168.1.21",), "Lab")
        self.neighbour.replies.append(build(other.announcement()))
        self.assertEqual([other, ROOM], self.found.get(timeout=PATIENCE))

    def test_a_server_that_stops_answering_is_removed(self) -> None:
        self.patch("EXPIRY_SECONDS", 0.3)
        self.neighbour.replies = [build(ROOM.announcement())]
        self.search()
        self.found.get(timeout=PATIENCE)
        self.neighbour.replies = []
        self.assertEqual([], self.found.get(timeout=PATIENCE))

    def test_invalid_answers_are_ignored(self) -> None:
        self.neighbour.replies = [b"\xff" * 40, b"", build(ROOM.announcement())]
        self.search()
        self.assertEqual([ROOM], self.found.get(timeout=PATIENCE))

    def test_without_a_network_it_ends_without_an_error(self) -> None:
        self.patch("query_sockets", list)
        self.search()._thread.join(PATIENCE)
        self.assertTrue(self.found.empty())

    def test_after_the_end_nothing_is_reported(self) -> None:
        search = self.search()
        search.stop()
        search._thread.join(PATIENCE)
        self.assertFalse(search._thread.is_alive())
        self.assertTrue(self.found.empty())


class StoredRecords(unittest.TestCase):
    """The records that are stored from the packets of a network."""

    def setUp(self) -> None:
        self.packets = ReceivedPackets()

    def test_the_number_of_stored_records_is_limited(self) -> None:
        for number in range(100):
            answers = tuple(Record((f"h{each}", "local"), A, "10.0.0.1", 120) for each in range(300))
            self.packets.add(Packet(answers=answers, flags=RESPONSE), float(number) / 10)
        self.assertLessEqual(self.packets._records, MAX_RECORDS)
        self.packets.add(ROOM.announcement(), 10.0)
        self.assertEqual([ROOM], self.packets.offers(10.0))

    def test_records_of_other_services_are_not_stored(self) -> None:
        others = (
            Record(("_http", "_tcp", "local"), PTR, ("printer", "_http", "_tcp", "local"), 120),
            Record(("printer", "_http", "_tcp", "local"), TXT, {"a": "b"}, 120),
            Record(("a",) * 120, A, "10.0.0.1", 120),
        )
        self.packets.add(Packet(answers=others, flags=RESPONSE), 0.0)
        self.packets.add(query(), 0.0)
        self.assertEqual(0, self.packets._records)

    def test_the_offers_are_computed_again_only_after_a_change(self) -> None:
        self.packets.add(ROOM.announcement(), 0.0)
        with mock.patch.object(discovery, "offers", wraps=dnssd.offers) as reading:
            for _ in range(10):
                self.assertEqual([ROOM], self.packets.offers(1.0))
            self.assertEqual(1, reading.call_count)
            self.assertEqual([], self.packets.offers(EXPIRY_SECONDS + 1.0))
            self.assertEqual(2, reading.call_count)
