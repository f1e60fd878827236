"""Who is behind a proxy: the header of the PROXY protocol, versions 1 and 2, which it says before all else.

    PROXY TCP4 198.51.100.22 203.0.113.7 35646 5000

Nobody but a proxy that is trusted may say so, and such a proxy has to.

Source  haproxy.org, doc/proxy-protocol.txt
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from chatapp.protocol.addresses import normal_ipv4, normal_ipv6, unmapped, unpacked

LONGEST_LINE = 107  # bytes of a header of version 1, CR LF among them

_SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
_FIXED = struct.Struct("!12sBBH")  # signature; version and command; family and transport; how much follows
_LENGTHS = struct.Struct("!BH")  # type and length of a further value
_PORTS = struct.Struct("!HH")
_VERSION = 2
_LOCAL, _PROXY = 0, 1
_FAMILIES, _TRANSPORTS = range(4), range(3)  # that there are
_ADDRESS_BYTES = {0x11: 4, 0x21: 16}  # of TCP over IPv4 and IPv6
_SSL = 0x20  # the type of the value that tells of TLS
_SSL_BYTES = 5  # of it, before what it holds further
_CLIENT_SSL = 0x01
_PORT = re.compile("0|[1-9][0-9]{0,4}")
_READERS = {"TCP4": normal_ipv4, "TCP6": normal_ipv6}


class BadHeader(ValueError):
    """What a proxy says is not the PROXY protocol; the words say what is wrong."""


@dataclass(frozen=True, slots=True)
class ProxiedClient:
    """Where a connection really comes from.

    Takes  peer: address and port, None when the proxy speaks for itself or does not know
           is_secure: whether it came to the proxy through TLS, as far as the proxy says so
    """

    peer: tuple[str, int] | None = None
    is_secure: bool = False


def read(data: bytes) -> tuple[ProxiedClient, bytes] | None:
    """The header that these bytes begin with, and what follows it; None while it is not complete.

    Raises  BadHeader
    """
    if data.startswith(_SIGNATURE[: len(data)]):
        return _read_binary(data) if len(data) >= _FIXED.size else None
    if data.startswith(b"PROXY"[: len(data)]):
        return _read_line(data)
    raise BadHeader("it does not begin with a header")


def _read_line(data: bytes) -> tuple[ProxiedClient, bytes] | None:
    """Version 1. `UNKNOWN` may be followed by anything."""
    end = data.find(b"\r\n", 0, LONGEST_LINE)
    if end < 0 and len(data) >= LONGEST_LINE:
        raise BadHeader("the line is too long")
    if end < 0:
        return None
    line, rest = data[:end], data[end + len(b"\r\n") :]
    words = line.decode("latin-1").split(" ")
    if words[:2] == ["PROXY", "UNKNOWN"]:
        return ProxiedClient(), rest
    if len(words) != 6 or words[0] != "PROXY" or words[1] not in _READERS:
        raise BadHeader("the line is not PROXY, TCP4 or TCP6, two addresses, two ports")
    _, family, source, target, *ports = words
    peer, _ = zip([_address(family, source), _address(family, target)], map(_port, ports), strict=True)
    return ProxiedClient(peer), rest


def _address(family: str, text: str) -> str:
    try:
        if "%" in text:
            raise ValueError
        return unmapped(_READERS[family](text))
    except ValueError:
        raise BadHeader(f"{text!r} is no address of {family}") from None


def _port(text: str) -> int:
    if not _PORT.fullmatch(text) or int(text) > 65535:
        raise BadHeader(f"{text!r} is no port")
    return int(text)


def _read_binary(data: bytes) -> tuple[ProxiedClient, bytes] | None:
    """Version 2. What is neither TCP nor known to us counts as the proxy's own.

    Source  proxy-protocol.txt section 2.2: "other values [...] must be rejected as invalid by receivers"
    """
    _, version_command, family_transport, length = _FIXED.unpack_from(data)
    version, command = divmod(version_command, 16)
    family, transport = divmod(family_transport, 16)
    if version != _VERSION or command not in (_LOCAL, _PROXY):
        raise BadHeader(f"there is no version {version} or no command {command}")
    if family not in _FAMILIES or transport not in _TRANSPORTS:
        raise BadHeader(f"there is no family {family} or no transport {transport}")
    if len(data) < _FIXED.size + length:
        return None
    block, rest = data[_FIXED.size : _FIXED.size + length], data[_FIXED.size + length :]
    if command == _LOCAL or family_transport not in _ADDRESS_BYTES:
        return ProxiedClient(), rest
    return _origin(block, _ADDRESS_BYTES[family_transport]), rest


def _origin(block: bytes, size: int) -> ProxiedClient:
    """Source and target address, source and target port, then values of any kind."""
    end = 2 * size + _PORTS.size
    if len(block) < end:
        raise BadHeader("the addresses are cut off")
    address = unmapped(unpacked(block[:size]))
    port, _ = _PORTS.unpack_from(block, 2 * size)
    values = list(_values(block[end:]))
    return ProxiedClient((address, port), any(_tells_tls(*value) for value in values))


def _values(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Types and values."""
    while data:
        if len(data) < _LENGTHS.size:
            raise BadHeader("a value is cut off")
        kind, length = _LENGTHS.unpack_from(data)
        value, data = data[_LENGTHS.size : _LENGTHS.size + length], data[_LENGTHS.size + length :]
        if len(value) < length:
            raise BadHeader("a value is cut off")
        yield kind, value


def _tells_tls(kind: int, value: bytes) -> bool:
    return kind == _SSL and len(value) >= _SSL_BYTES and bool(value[0] & _CLIENT_SSL)
