"""Reads the `Host` and `Origin` of a browser's request and checks whether they mean this server.

Any web site can make its own name resolve to 127.0.0.1 while a user looks at one of its pages (DNS
rebinding). The browser then treats a server on that computer as part of the site, and lets the page read its
replies. But `Host` still holds the name of the site. So the server answers only requests for its own names
and for addresses, which DNS cannot redirect.

Source: RFC 9110 sections 4.3.3 and 7.2; RFC 6454 section 7; RFC 6455 section 10.2
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from chatapp.protocol.addresses import LAST_PORT, is_address, normal_ipv6

_AUTHORITY = re.compile(
    r"(?:\[(?P<literal>[0-9A-Fa-f:.]+)\]|(?P<name>[0-9A-Za-z._-]+))(?::(?P<port>[0-9]{0,5}))?"
)
_ORIGIN = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#@\s]+)")
_PORTS = {"http": 80, "https": 443}


class Authority(NamedTuple):
    """A host in lower case without a trailing dot, and a port, None when there is none."""

    host: str
    port: int | None


def parse_authority(authority: str) -> Authority:
    """Read a `Host` such as `chat.example:5000` or `[::1]:5000`.

    Raises:
        ValueError: The text is not a host with or without a port.
    """
    match = _AUTHORITY.fullmatch(authority)
    port = int(match["port"]) if match and match["port"] else None
    if not match or (port or 0) > LAST_PORT:
        raise ValueError("not a host with or without a port")
    if match["literal"]:
        return Authority(normal_ipv6(match["literal"]), port)
    return Authority(match["name"].lower().removesuffix("."), port)


def parse_origin(text: str) -> tuple[str, Authority]:
    """Read an origin such as `https://chat.example`: its scheme, and its host with the port of that scheme.

    Raises:
        ValueError: The text is not an origin with a host.
    """
    match = _ORIGIN.fullmatch(text)
    if not match:
        raise ValueError("not an origin")
    scheme = match["scheme"].lower()
    found = parse_authority(match["authority"])
    return scheme, found._replace(port=found.port or _PORTS.get(scheme))


def is_same_origin(text: str, host: str) -> bool:
    """Return whether a page of this origin comes from the server that this `Host` names."""
    try:
        scheme, page = parse_origin(text)
        asked = parse_authority(host)
    except ValueError:
        return False
    return page == asked._replace(port=asked.port or _PORTS.get(scheme))


def is_own_host(host: str, names: Container[str]) -> bool:
    """Return whether a host names this server: an address, `localhost` or one of these names.

    Args:
        host: As in an Authority.
        names: In lower case; `*.chat.example` stands for every name with one more label.
    """
    if host == "localhost" or host in names or f"*.{host.partition('.')[2]}" in names:
        return True
    return is_address(host)
