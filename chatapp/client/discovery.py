"""Finds the chat servers on this network: asks everybody by multicast DNS, collects who answers.

It goes on asking, more and more seldom, so that who starts a server later is found as well.

Source  RFC 6762 sections 5.1 (one-shot queries) and 5.2 (their intervals), RFC 6763 section 4
"""

from __future__ import annotations

import logging
import selectors
import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from itertools import count

from chatapp.protocol.dns import Malformed, Packet, build, parse
from chatapp.protocol.dnssd import Offer, offers, query

GROUP_4, GROUP_6, PORT = "224.0.0.251", "ff02::fb", 5353
PACKET_BYTES = 9000
PACKETS = 500  # that are kept
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
        heard: deque[tuple[float, Packet]] = deque(maxlen=PACKETS)
        known: list[Offer] = []
        with ExitStack() as stack, selectors.DefaultSelector() as selector:
            targets = [(stack.enter_context(sock), group) for sock, group in _sockets()]
            for sock, _ in targets:
                selector.register(sock, selectors.EVENT_READ, sock)
            times = _times(time.monotonic())
            due = next(times)
            while targets and not self._ended.is_set():
                if due <= time.monotonic():
                    due = next(times)
                    _ask(targets)
                for key, _ in selector.select(LOOK_SECONDS):
                    heard += [(time.monotonic(), packet) for packet in _heard(key.data)]
                while heard and heard[0][0] < time.monotonic() - FRESH_SECONDS:
                    heard.popleft()
                now = offers(packet for _, packet in heard)
                if now != known and not self._ended.is_set():
                    known = now
                    self._found(now)


def _times(began: float) -> Iterator[float]:
    """When to ask."""
    yield from (began + seconds for seconds in ASK_SECONDS)
    yield from count(began + ASK_SECONDS[-1] + AGAIN_SECONDS, AGAIN_SECONDS)


def _ask(targets: list[tuple[socket.socket, tuple[str | int, ...]]]) -> None:
    data = build(query())
    for sock, group in targets:
        with suppress(OSError):
            sock.sendto(data, group)


def _heard(sock: socket.socket) -> list[Packet]:
    with suppress(OSError, Malformed):
        return [parse(sock.recv(PACKET_BYTES))]
    return []


def _sockets() -> list[tuple[socket.socket, tuple[str | int, ...]]]:
    """One for each interface and family, and where it asks. There may be none."""
    found: list[tuple[socket.socket, tuple[str | int, ...]]] = []
    for index, _ in socket.if_nameindex():
        with suppress(OSError):
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            which = (
                struct.pack("!I", index)
                if sys.platform == "win32"
                else struct.pack("@4s4si", b"", b"", index)
            )
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, which)
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
            found.append((sock, (GROUP_4, PORT)))
        with suppress(OSError):
            sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
            found.append((sock, (GROUP_6, PORT, 0, index)))
    for sock, _ in found:
        sock.setblocking(False)
    return found
