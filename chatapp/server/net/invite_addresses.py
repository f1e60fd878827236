"""Makes the invite links of a server: one for each of its addresses, the most useful one first.

    ircs://192.168.1.20:5000/general?pin=sha256:…

The pin is the fingerprint of the server's own certificate. A certificate of a CA needs no pin, and changes
with each renewal.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from chatapp.protocol.addresses import ALL_IPV4, ALL_IPV6, LOCALHOST, is_link_local, is_loopback
from chatapp.protocol.invite_links import Invite
from chatapp.server.config import Config, ServerConfig
from chatapp.system import multicast

_REMOTE = (
    (socket.AF_INET, "198.51.100.1"),
    (socket.AF_INET6, "2001:db8::1"),
)
"""Addresses for documentation (RFC 5737, RFC 3849): public, but not in use."""

_VIRTUAL = (
    "docker",
    "br-",
    "virbr",
    "veth",
    "vmnet",
    "vboxnet",
    "lxc",
    "podman",
)
"""Name prefixes of interfaces of virtual machines and containers."""

SocketAddress = tuple[str, int]


def invites(config: Config, listening: Sequence[SocketAddress], fingerprint: str) -> list[Invite]:
    """Return the invite links, the most useful one first.

    Args:
        listening: Addresses and ports on which the server listens.
        fingerprint: SHA-256 of its certificate, 64 hexadecimal digits; empty without TLS.
    """
    pin = "" if config.tls.certificate else fingerprint
    secure = config.tls.mode != "off"
    return [
        Invite(host, port, config.channels.default, pin, secure=secure)
        for host, port in _reachable(config, listening)
    ]


def is_private(invite: Invite) -> bool:
    """Return whether a link works on this computer only."""
    return invite.host == "localhost" or is_loopback(invite.host)


def _reachable(config: Config, listening: Sequence[SocketAddress]) -> list[SocketAddress]:
    """Return hosts and ports, the best first; only the loopback address when there is no other."""
    wildcards = [address for address in listening if address[0] in (ALL_IPV4, ALL_IPV6)]
    found = _for_others([address for address in listening if address not in wildcards])
    if config.tls.certificate and "." in config.server.name and config.server.name != ServerConfig().name:
        found = [(config.server.name, listening[0][1]), *found]  # as in the certificate
    if wildcards:
        own = _ranked(multicast.own_addresses(), _outgoing_addresses())
        found += [
            (host, port) for host in own for wildcard, port in wildcards if _is_same_family(host, wildcard)
        ]
    return list(dict.fromkeys(found)) or [(LOCALHOST, listening[0][1])]


def _for_others(found: list[SocketAddress]) -> list[SocketAddress]:
    """Return addresses in the order of `_ranked`, those of this computer alone last."""
    if all(is_loopback(host) for host, _ in found):
        return found
    ranked = _ranked(multicast.own_addresses(), _outgoing_addresses())

    def rank(address: SocketAddress) -> tuple[bool, int]:
        host = address[0]
        return is_loopback(host), ranked.index(host) if host in ranked else -1

    return sorted(found, key=rank)


def _ranked(own: Mapping[str, Iterable[str]], outgoing: Sequence[str]) -> list[str]:
    """Return the addresses that others can use: outgoing ones first, those of virtual networks last.

    Args:
        own: Addresses by interface.
        outgoing: See `_outgoing_addresses`.
    """
    every = [(name, address) for name, several in own.items() for address in several]
    every += [("", address) for address in outgoing]

    def rank(row: tuple[str, str]) -> tuple[bool, bool, bool]:
        name, address = row
        return ":" in address, address not in outgoing, name.startswith(_VIRTUAL)

    ranked = dict.fromkeys(address for _, address in sorted(every, key=rank))
    return [each for each in ranked if not (is_link_local(each) or is_loopback(each))]


def _outgoing_addresses() -> list[str]:
    """Return the addresses from which this computer connects to the Internet. Nothing is sent."""
    found = []
    for family, remote in _REMOTE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((remote, 9))
            found.append(str(sock.getsockname()[0]))
    return found


def _is_same_family(host: str, wildcard: str) -> bool:
    return (":" in host) == (":" in wildcard)
