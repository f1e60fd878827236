"""Finds the chat servers on this network: asks everybody by multicast DNS, collects who answers.

It goes on asking, more and more seldom, so that who starts a server later is found as well.

Source  RFC 6762 sections 5.1 (one-shot queries) and 5.2 (their intervals), RFC 6763 section 4
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

RECORDS = 2000  # that are kept: some hundred servers, and what a hostile network may cost
ASK_SECONDS = (0.0, 0.3, 1.0, 3.0, 7.0, 15.0)  # after the start; the first may be lost
AGAIN_SECONDS = 30.0  # between two asks after that
FRESH_SECONDS = 70.0  # who has not answered for so long is there no longer
LOOK_SECONDS = 0.2  # between two looks whether it shall end

log = logging.getLogger(__name__)


class Discovery:
    """One search, on a thread of its own.

    Takes  found: is told all offers whenever there are other ones. Thread: its own
    """

    def __init__(self, found: Callable[[list[Offer]], None]) -> None:
        self._found = found
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="discovery", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """No more is told afterwards."""
        self._ended.set()

    def _run(self) -> None:
        try:
            self._search()
        except Exception:
            log.exception("a bug in looking for servers")

    def _search(self) -> None:
        heard = Heard()
        known: list[Offer] = []
        with ExitStack() as stack, selectors.DefaultSelector() as selector:
            targets = [(stack.enter_context(sock), group) for sock, group in query_sockets()]
            for sock, _ in targets:
                selector.register(sock, selectors.EVENT_READ, sock)
            times = _times(time.monotonic())
            due = next(times)
            while targets and not self._ended.is_set():
                if due <= time.monotonic():
                    due = next(times)
                    _ask(targets)
                for key, _ in selector.select(LOOK_SECONDS):
                    for packet in _received(key.data):
                        heard.add(packet, time.monotonic())
                now = heard.offers(time.monotonic())
                if now != known and not self._ended.is_set():
                    known = now
                    self._found(now)


class Heard:
    """The packets about chat servers that are fresh, and the offers in them.

    The times are seconds of a clock that never goes back.
    """

    def __init__(self) -> None:
        self._packets: deque[tuple[float, Packet]] = deque()
        self._records = 0
        self._offers: list[Offer] | None = []  # None when it has to be found out again

    def add(self, packet: Packet, now: float) -> None:
        """Keep what a packet tells about chat servers. The oldest packets go when there is too much."""
        packet = only_chat_records(packet)
        if not packet.is_response or not packet.records:
            return
        self._packets.append((now, packet))
        self._records += len(packet.records)
        self._offers = None
        while self._records > RECORDS:
            self._drop()

    def offers(self, now: float) -> list[Offer]:
        """The servers that have answered within the last FRESH_SECONDS."""
        while self._packets and self._packets[0][0] < now - FRESH_SECONDS:
            self._drop()
        if self._offers is None:
            self._offers = offers(packet for _, packet in self._packets)
        return self._offers

    def _drop(self) -> None:
        _, packet = self._packets.popleft()
        self._records -= len(packet.records)
        self._offers = None


def _times(began: float) -> Iterator[float]:
    """When to ask."""
    yield from (began + seconds for seconds in ASK_SECONDS)
    yield from count(began + ASK_SECONDS[-1] + AGAIN_SECONDS, AGAIN_SECONDS)


def _ask(targets: list[tuple[socket.socket, SocketAddress]]) -> None:
    data = build(query())
    for sock, group in targets:
        with suppress(OSError):
            sock.sendto(data, group)


def _received(sock: socket.socket) -> list[Packet]:
    with suppress(OSError, MalformedPacket):
        return [parse(sock.recv(PACKET_BYTES))]
    return []
