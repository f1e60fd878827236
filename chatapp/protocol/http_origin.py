"""Whether a browser means this server: the `Host` of its request, and the `Origin` of the page it shows.

A page of anybody's site can make its own name lead to 127.0.0.1 while somebody looks at it (DNS rebinding).
The browser then takes a server on that computer for a part of the site, and lets the page read what it says.
The name in `Host` is still that of the site, so a server answers to its own names only, and to addresses,
which nobody can make lead elsewhere.

Source  RFC 9110 sections 4.3.3 and 7.2; RFC 6454 section 7; RFC 6455 section 10.2
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Container
from typing import NamedTuple

_AUTHORITY = re.compile(
    r"(?:\[(?P<literal>[0-9A-Fa-f:.]+)\]|(?P<name>[0-9A-Za-z._-]+))(?::(?P<port>[0-9]{0,5}))?"
)
_ORIGIN = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#@\s]+)")
_PORTS = {"http": 80, "https": 443}
_MOST = 65535


class Authority(NamedTuple):
    """A host, in small letters and without a dot at its end, and a port, None when it is not said."""

    host: str
    port: int | None


def place(authority: str) -> Authority:
    """What a `Host` says, such as `chat.example:5000` or `[::1]:5000`.

    Raises:
        ValueError: it is not a host with or without a port.
    """
    match = _AUTHORITY.fullmatch(authority)
    port = int(match["port"]) if match and match["port"] else None
    if not match or (port or 0) > _MOST:
        raise ValueError("not a host with or without a port")
    if match["literal"]:
        return Authority(str(ipaddress.IPv6Address(match["literal"])), port)
    return Authority(match["name"].lower().removesuffix("."), port)


def origin(text: str) -> tuple[str, Authority]:
    """The scheme of an origin, such as `https://chat.example`, and its place with the port of that scheme.

    Raises:
        ValueError: it is no origin of a host.
    """
    match = _ORIGIN.fullmatch(text)
    if not match:
        raise ValueError("not an origin")
    scheme = match["scheme"].lower()
    found = place(match["authority"])
    return scheme, found._replace(port=found.port or _PORTS.get(scheme))


def is_same(text: str, host: str) -> bool:
    """Whether this origin is a page of what this `Host` names."""
    try:
        scheme, page = origin(text)
        asked = place(host)
    except ValueError:
        return False
    return page == asked._replace(port=asked.port or _PORTS.get(scheme))


def is_own(host: str, names: Container[str]) -> bool:
    """Whether a host, as a Place has it, is this server: an address, `localhost` or one of these names.

    Args:
        names: in small letters; `*.chat.example` stands for every name with one label more.
    """
    if host == "localhost" or host in names or f"*.{host.partition('.')[2]}" in names:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
