"""The sockets of multicast DNS: one for each interface and family by which neighbours can be reached.

A computer without multicast has none, and is not found: that is no error.

Source  RFC 6762 sections 3, 5 and 11; RFC 3678 and the systems' manuals for the options
"""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

PORT = 5353
GROUP_4, GROUP_6 = "224.0.0.251", "ff02::fb"
HOPS = 255
PACKET_BYTES = 9000
LOOPBACK = ("lo", "lo0")

_IP_MULTICAST_ALL, _IPV6_MULTICAST_ALL = 49, 29  # Linux: without these a socket hears every interface


@dataclass(frozen=True, slots=True)
class Interface:
    """Takes  address: this computer's there; sock: hears and speaks there alone; group: where to speak to"""

    name: str
    address: str
    sock: socket.socket
    group: tuple[Any, ...]

    def send(self, data: bytes, to: tuple[Any, ...] | None = None) -> None:
        """To everybody there, or to one. What cannot be sent is not heard, like what is lost on the way."""
        with suppress(OSError):
            self.sock.sendto(data, to or self.group)


def interfaces() -> list[Interface]:
    """All that take part. Whoever asks closes their sockets."""
    found = []
    for index, name in _names():
        for opened in (_open_4, _open_6):
            with suppress(OSError):
                found.append(opened(index, name))
    return found


def addresses() -> dict[str, tuple[str, ...]]:
    """The addresses of this computer by the names of its interfaces, IPv4 first; none for itself alone."""
    found: dict[str, tuple[str, ...]] = {}
    for index, name in _names():
        for own in (_own_4, _own_6):
            with suppress(OSError):
                found[name] = (*found.get(name, ()), own(index))
    return found


def _names() -> list[tuple[int, str]]:
    """The interfaces that lead out of this computer."""
    return [(index, name) for index, name in socket.if_nameindex() if name not in LOOPBACK]


def _open_4(index: int, name: str) -> Interface:
    address = _own_4(index)
    with _new(socket.AF_INET) as sock:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, _index_4(index))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, HOPS)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        if sys.platform == "linux":
            sock.setsockopt(socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0)
        sock.bind(("", PORT))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, _membership_4(index))
    return Interface(name, address, sock, (GROUP_4, PORT))


def _open_6(index: int, name: str) -> Interface:
    address = _own_6(index)
    with _new(socket.AF_INET6) as sock:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, HOPS)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_LOOP, 1)
        if sys.platform == "linux":
            sock.setsockopt(socket.IPPROTO_IPV6, _IPV6_MULTICAST_ALL, 0)
        sock.bind(("::", PORT))
        group = socket.inet_pton(socket.AF_INET6, GROUP_6) + struct.pack("@I", index)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, group)
    return Interface(name, address, sock, (GROUP_6, PORT, 0, index))


@contextmanager
def _new(family: int) -> Iterator[socket.socket]:
    """A socket that shares the port with other programs; closed when it cannot be set up."""
    sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "SO_REUSEPORT"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        yield sock
        sock.setblocking(False)
    except OSError:
        sock.close()
        raise


def _own_4(index: int) -> str:
    """This computer's address on an interface: the one it would speak from. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, _index_4(index))
        sock.connect((GROUP_4, PORT))
        return str(sock.getsockname()[0])


def _own_6(index: int) -> str:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        sock.connect((GROUP_6, PORT, 0, index))
        return str(sock.getsockname()[0]).partition("%")[0]


def _index_4(index: int) -> bytes:
    """An interface as IP_MULTICAST_IF takes it."""
    if sys.platform == "win32":
        return struct.pack("!I", index)
    return struct.pack("@4s4si", b"", b"", index)


def _membership_4(index: int) -> bytes:
    group = socket.inet_aton(GROUP_4)
    if sys.platform == "win32":
        return group + struct.pack("!I", index)
    return struct.pack("@4s4si", group, b"", index)
