"""Finds chat servers on the local network by multicast DNS.

It repeats its query at growing intervals, so that servers that start later are found too.

Source: RFC 6762 sections 5.1 (one-shot queries) and 5.2 (intervals), RFC 6763 section 4.
"""

from __future__ import annotations

import logging
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from itertools import count

from chatapp.protocol.dns import MalformedPacket, Packet, build, parse
from chatapp.protocol.dnssd import Offer, offers, only_chat_records, query
from chatapp.system.multicast import PACKET_BYTES, SocketAddress, query_sockets

MAX_RECORDS = 2000  # stored DNS records, enough for some hundred servers: a limit for a hostile network
QUERY_SECONDS = (0.0, 0.3, 1.0, 3.0, 7.0, 15.0)  # times of the queries after the start; any may be lost
REPEAT_SECONDS = 30.0  # between two queries after these
EXPIRY_SECONDS = 70.0  # after which a server that has not answered is dropped
CHECK_SECONDS = 0.2  # between checks whether the search was stopped

log = logging.getLogger(__name__)


class Discovery:
    """One search, on a thread of its own.

    Args:
        found: Called with all servers after each change. Thread: that of the search.
    """

    def __init__(self, found: Callable[[list[Offer]], None]) -> None:
        self._found = found
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="discovery", daemon=True)

    def start(self) -> None:
        """Start the search."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the search; `found` is not called any more."""
        self._ended.set()

    def _run(self) -> None:
        try:
            self._search()
        except Exception:
            log.exception("bug in the search for servers")

    def _search(self) -> None:
        received = ReceivedPackets()
        known: list[Offer] = []
        with ExitStack() as stack, selectors.DefaultSelector() as selector:
            targets = [(stack.enter_context(sock), group) for sock, group in query_sockets()]
            for sock, _ in targets:
                selector.register(sock, selectors.EVENT_READ, sock)
            times = _query_times(time.monotonic())
            due = next(times)
            while targets and not self._ended.is_set():
                if due <= time.monotonic():
                    due = next(times)
                    _send_query(targets)
                for key, _ in selector.select(CHECK_SECONDS):
                    for packet in _receive(key.data):
                        received.add(packet, time.monotonic())
                now = received.offers(time.monotonic())
                if now != known and not self._ended.is_set():
                    known = now
                    self._found(now)


class ReceivedPackets:
    """The recent packets about chat servers, and the servers that they describe.

    Times are `time.monotonic()`.
    """

    def __init__(self) -> None:
        self._packets: deque[tuple[float, Packet]] = deque()
        self._records = 0
        self._offers: list[Offer] | None = []  # None when it has to be computed again

    def add(self, packet: Packet, now: float) -> None:
        """Store what a packet says about chat servers; above the limit, drop the oldest packets."""
        packet = only_chat_records(packet)
        if not packet.is_response or not packet.records:
            return
        self._packets.append((now, packet))
        self._records += len(packet.records)
        self._offers = None
        while self._records > MAX_RECORDS:
            self._drop()

    def offers(self, now: float) -> list[Offer]:
        """Return the servers that have answered within the last EXPIRY_SECONDS."""
        while self._packets and self._packets[0][0] < now - EXPIRY_SECONDS:
            self._drop()
        if self._offers is None:
            self._offers = offers(packet for _, packet in self._packets)
        return self._offers

    def _drop(self) -> None:
        _, packet = self._packets.popleft()
        self._records -= len(packet.records)
        self._offers = None


def _query_times(began: float) -> Iterator[float]:
    """Yield the times of the queries."""
    yield from (began + seconds for seconds in QUERY_SECONDS)
    yield from count(began + QUERY_SECONDS[-1] + REPEAT_SECONDS, REPEAT_SECONDS)


def _send_query(targets: list[tuple[socket.socket, SocketAddress]]) -> None:
    data = build(query())
    for sock, group in targets:
        with suppress(OSError):
            sock.sendto(data, group)


def _receive(sock: socket.socket) -> list[Packet]:
    with suppress(OSError, MalformedPacket):
        return [parse(sock.recv(PACKET_BYTES))]
    return []
