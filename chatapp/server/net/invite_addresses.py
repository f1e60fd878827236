"""The links that bring others into this chat, and `run_server.py invite`, which prints them.

    ircs://192.168.1.20:5000/general?pin=sha256:…

The pin is that of the certificate that the server made for itself. One from an authority needs none, and is
renewed every few months.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from chatapp.protocol.addresses import is_link_local, is_loopback
from chatapp.protocol.invite_links import Invite
from chatapp.server.config import Config, ServerConfig
from chatapp.system import multicast

ANYWHERE_4, ANYWHERE_6 = "0.0.0.0", "::"
HERE = "127.0.0.1"

_AFAR = ((socket.AF_INET, "198.51.100.1"), (socket.AF_INET6, "2001:db8::1"))  # nobody is there, or asked
_INNER = ("docker", "br-", "virbr", "veth", "vmnet", "vboxnet", "lxc", "podman")  # of virtual computers

SocketAddress = tuple[str, int]


def invites(config: Config, listening: Sequence[SocketAddress], fingerprint: str) -> list[Invite]:
    """The links, the one first that most people can use.

    Takes  listening: where the server listens; fingerprint: of its certificate, empty without TLS
    """
    pin = "" if config.tls.certificate else fingerprint
    secure = config.tls.mode != "off"
    return [
        Invite(host, port, config.channels.default, pin, secure=secure)
        for host, port in _reachable(config, listening)
    ]


def is_private(invite: Invite) -> bool:
    """Whether only this very computer can use a link."""
    return invite.host == "localhost" or is_loopback(invite.host)


def _reachable(config: Config, listening: Sequence[SocketAddress]) -> list[SocketAddress]:
    """Hosts and ports, the best first, each once; this computer itself when there is nothing else."""
    everywhere = [address for address in listening if address[0] in (ANYWHERE_4, ANYWHERE_6)]
    found = [address for address in listening if address not in everywhere]
    if config.tls.certificate and "." in config.server.name and config.server.name != ServerConfig().name:
        found = [(config.server.name, listening[0][1]), *found]  # as the certificate says
    if everywhere:
        own = _ranked(multicast.own_addresses(), _outward())
        found += [(host, port) for host in own for any_host, port in everywhere if _fits(host, any_host)]
    return list(dict.fromkeys(found)) or [(HERE, listening[0][1])]


def _ranked(own: Mapping[str, Iterable[str]], outward: Sequence[str]) -> list[str]:
    """The addresses that others can use: first those of the way out, those of virtual networks last.

    Takes  own: addresses by interface; outward: see `_outward`
    """
    every = [(name, address) for name, several in own.items() for address in several]
    every += [("", address) for address in outward]

    def rank(row: tuple[str, str]) -> tuple[bool, bool, bool]:
        name, address = row
        return ":" in address, address not in outward, name.startswith(_INNER)

    ranked = dict.fromkeys(address for _, address in sorted(every, key=rank))
    return [each for each in ranked if not (is_link_local(each) or is_loopback(each))]


def _outward() -> list[str]:
    """The addresses from which this computer speaks to the world. Nothing is sent."""
    found = []
    for family, afar in _AFAR:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((afar, 9))
            found.append(str(sock.getsockname()[0]))
    return found


def _fits(host: str, anywhere: str) -> bool:
    return (":" in host) == (":" in anywhere)
