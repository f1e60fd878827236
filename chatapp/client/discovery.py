"""Finds the chat servers on this network: asks everybody by multicast DNS, collects who answers.

Source  RFC 6762 section 5.1 (one-shot queries), RFC 6763 section 4
"""

from __future__ import annotations

import logging
import selectors
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress

from ..protocol.dns import Malformed, Packet, build, parse
from ..protocol.dnssd import Offer, offers, query

GROUP_4, GROUP_6, PORT = "224.0.0.251", "ff02::fb", 5353
PACKET_BYTES = 9000
PACKETS = 500  # that are kept of one search
ASK_SECONDS = (0.0, 0.3, 1.0, 3.0)  # after the start; the first may be lost
LISTEN_SECONDS = 5.0

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
        packets: list[Packet] = []
        known: list[Offer] = []
        with ExitStack() as stack, selectors.DefaultSelector() as selector:
            targets = [(stack.enter_context(sock), group) for sock, group in _sockets()]
            for sock, _ in targets:
                selector.register(sock, selectors.EVENT_READ, sock)
            began = time.monotonic()
            times = [began + seconds for seconds in ASK_SECONDS]
            while targets and not self._ended.is_set() and time.monotonic() < began + LISTEN_SECONDS:
                if times and times[0] <= time.monotonic():
                    times.pop(0)
                    _ask(targets)
                for key, _ in selector.select(0.1):
                    packets += _heard(key.data)
                now = offers(packets[:PACKETS])
                if now != known and not self._ended.is_set():
                    known = now
                    self._found(now)


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
