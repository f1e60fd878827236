"""Sockets for multicast DNS: one for each network interface and address family.

A server listens on port 5353 and answers (`listening_interfaces`). A client sends queries from other ports
(`query_sockets`). A computer without multicast gets no sockets and finds no servers; that is not an error.

Source: RFC 6762 sections 3, 5 and 11; RFC 3678 and the systems' manuals for the options.
"""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

PORT = 5353
GROUP_IPV4, GROUP_IPV6 = "224.0.0.251", "ff02::fb"
HOPS = 255  # TTL of all packets: RFC 6762 section 11
PACKET_BYTES = 9000
LOOPBACK = ("lo", "lo0")

SocketAddress = tuple[str, int] | tuple[str, int, int, int]
"""An IPv4 or IPv6 address with port, as `sendto` takes it."""

_IP_MULTICAST_ALL, _IPV6_MULTICAST_ALL = 49, 29  # Linux: without these a socket receives from every interface


@dataclass(frozen=True, slots=True)
class MulticastInterface:
    """A network interface with a socket that receives from it and sends to it alone.

    Attributes:
        address: This computer's address there.
        group: The multicast group, whose packets all neighbours receive.
    """

    name: str
    address: str
    sock: socket.socket
    group: SocketAddress

    def send(self, data: bytes, to: SocketAddress | None = None) -> None:
        """Send to the group, or to one address. A failure is ignored: any packet may be lost."""
        with suppress(OSError):
            self.sock.sendto(data, to or self.group)


def listening_interfaces() -> list[MulticastInterface]:
    """Open every interface that supports multicast. The caller closes the sockets."""
    found = []
    for index, name in _interfaces():
        for opened in (_listen_ipv4, _listen_ipv6):
            with suppress(OSError):
                found.append(opened(index, name))
    return found


def query_sockets() -> list[tuple[socket.socket, SocketAddress]]:
    """Open a socket for each interface and family, loopback too, with the address to send queries to.

    The caller closes the sockets.
    """
    found: list[tuple[socket.socket, SocketAddress]] = []
    for index, _ in socket.if_nameindex():
        with suppress(OSError), _new_socket(socket.AF_INET) as sock:
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, _interface_ipv4(index))
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, HOPS)
            found.append((sock, (GROUP_IPV4, PORT)))
        with suppress(OSError), _new_socket(socket.AF_INET6) as sock:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, HOPS)
            found.append((sock, (GROUP_IPV6, PORT, 0, index)))
    return found


def own_addresses() -> dict[str, tuple[str, ...]]:
    """Return this computer's addresses by interface name, IPv4 first, without the loopback interface."""
    found: dict[str, tuple[str, ...]] = {}
    for index, name in _interfaces():
        for own in (_own_ipv4, _own_ipv6):
            with suppress(OSError):
                found[name] = (*found.get(name, ()), own(index))
    return found


def _interfaces() -> list[tuple[int, str]]:
    """Return index and name of each interface except loopback."""
    return [(index, name) for index, name in socket.if_nameindex() if name not in LOOPBACK]


def _listen_ipv4(index: int, name: str) -> MulticastInterface:
    address = _own_ipv4(index)
    with _new_socket(socket.AF_INET) as sock:
        _share_port(sock)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, _interface_ipv4(index))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, HOPS)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        if sys.platform == "linux":
            sock.setsockopt(socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0)
        sock.bind(("", PORT))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, _membership_ipv4(index))
    return MulticastInterface(name, address, sock, (GROUP_IPV4, PORT))


def _listen_ipv6(index: int, name: str) -> MulticastInterface:
    address = _own_ipv6(index)
    with _new_socket(socket.AF_INET6) as sock:
        _share_port(sock)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, HOPS)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_LOOP, 1)
        if sys.platform == "linux":
            sock.setsockopt(socket.IPPROTO_IPV6, _IPV6_MULTICAST_ALL, 0)
        sock.bind(("::", PORT))
        group = socket.inet_pton(socket.AF_INET6, GROUP_IPV6) + struct.pack("@I", index)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, group)
    return MulticastInterface(name, address, sock, (GROUP_IPV6, PORT, 0, index))


@contextmanager
def _new_socket(family: int) -> Iterator[socket.socket]:
    """Open a non-blocking UDP socket. It is closed when setting it up fails."""
    sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        yield sock
        sock.setblocking(False)
    except OSError:
        sock.close()
        raise


def _share_port(sock: socket.socket) -> None:
    """Share the port with other programs that answer multicast DNS."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform != "win32":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)


def _own_ipv4(index: int) -> str:
    """Return the address from which this computer would send on an interface. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, _interface_ipv4(index))
        sock.connect((GROUP_IPV4, PORT))
        return str(sock.getsockname()[0])


def _own_ipv6(index: int) -> str:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        sock.connect((GROUP_IPV6, PORT, 0, index))
        return str(sock.getsockname()[0]).partition("%")[0]


def _interface_ipv4(index: int) -> bytes:
    """Return an interface as IP_MULTICAST_IF takes it: a number on Windows, else `struct ip_mreqn`."""
    if sys.platform == "win32":
        return struct.pack("!I", index)
    return struct.pack("@4s4si", b"", b"", index)


def _membership_ipv4(index: int) -> bytes:
    """Return the group and an interface as IP_ADD_MEMBERSHIP takes them."""
    group = socket.inet_aton(GROUP_IPV4)
    if sys.platform == "win32":
        return group + struct.pack("!I", index)
    return struct.pack("@4s4si", group, b"", index)
