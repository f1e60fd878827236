"""Reads headers of the PROXY protocol, versions 1 and 2, which name the client that a proxy connects for.

    PROXY TCP4 198.51.100.22 203.0.113.7 35646 5000

A trusted proxy must send it before anything else; no other client may.

Source: haproxy.org, doc/proxy-protocol.txt.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from chatapp.protocol.addresses import normal_ipv4, normal_ipv6, parse_port, unmapped, unpacked

LONGEST_LINE = 107  # bytes of a header of version 1, including CR LF

_SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
_FIXED = struct.Struct("!12sBBH")  # signature; version and command; family and transport; length of the rest
_LENGTHS = struct.Struct("!BH")  # type and length of a TLV
_PORTS = struct.Struct("!HH")
_VERSION = 2
_LOCAL, _PROXY = 0, 1
_FAMILIES, _TRANSPORTS = range(4), range(3)  # that the protocol defines
_ADDRESS_BYTES = {0x11: 4, 0x21: 16}  # of TCP over IPv4 and IPv6
_SSL = 0x20  # the type of the TLV about TLS
_SSL_BYTES = 5  # of its value, before nested TLVs
_CLIENT_SSL = 0x01
_PORT = re.compile("0|[1-9][0-9]{0,4}")
_READERS = {"TCP4": normal_ipv4, "TCP6": normal_ipv6}


class BadHeader(ValueError):
    """Bytes are not a header of the PROXY protocol; the message says why."""


@dataclass(frozen=True, slots=True)
class ProxiedClient:
    """The client that a proxy connects for.

    Attributes:
        peer: Address and port; None when the proxy connects for itself, as for a health check, or does not
            know the client.
        is_secure: Whether the proxy says that the client uses TLS.
    """

    peer: tuple[str, int] | None = None
    is_secure: bool = False


def read(data: bytes) -> tuple[ProxiedClient, bytes] | None:
    """Read a header.

    Returns:
        The client, and the bytes after the header; None while the header is incomplete.

    Raises:
        BadHeader: The bytes are not a header.
    """
    if data.startswith(_SIGNATURE[: len(data)]):
        return _read_binary(data) if len(data) >= _FIXED.size else None
    if data.startswith(b"PROXY"[: len(data)]):
        return _read_line(data)
    raise BadHeader("the connection does not begin with one")


def _read_line(data: bytes) -> tuple[ProxiedClient, bytes] | None:
    """Read a header of version 1. Anything may follow `UNKNOWN`."""
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
        raise BadHeader(f"{text!r} is not an address of {family}") from None


def _port(text: str) -> int:
    port = parse_port(text, 0) if _PORT.fullmatch(text) else None  # without leading zeros
    if port is None:
        raise BadHeader(f"{text!r} is not a port")
    return port


def _read_binary(data: bytes) -> tuple[ProxiedClient, bytes] | None:
    """Read a header of version 2. Transports other than TCP are treated as connections of the proxy itself.

    Source:
        proxy-protocol.txt section 2.2: "other values [...] must be rejected as invalid by receivers".
    """
    _, version_command, family_transport, length = _FIXED.unpack_from(data)
    version, command = divmod(version_command, 16)
    family, transport = divmod(family_transport, 16)
    if version != _VERSION or command not in (_LOCAL, _PROXY):
        raise BadHeader(f"version {version} or command {command} does not exist")
    if family not in _FAMILIES or transport not in _TRANSPORTS:
        raise BadHeader(f"family {family} or transport {transport} does not exist")
    if len(data) < _FIXED.size + length:
        return None
    block, rest = data[_FIXED.size : _FIXED.size + length], data[_FIXED.size + length :]
    if command == _LOCAL or family_transport not in _ADDRESS_BYTES:
        return ProxiedClient(), rest
    return _client(block, _ADDRESS_BYTES[family_transport]), rest


def _client(block: bytes, size: int) -> ProxiedClient:
    """Read source and target address, source and target port, then TLVs."""
    end = 2 * size + _PORTS.size
    if len(block) < end:
        raise BadHeader("the addresses are truncated")
    address = unmapped(unpacked(block[:size]))
    port, _ = _PORTS.unpack_from(block, 2 * size)
    values = list(_values(block[end:]))
    return ProxiedClient((address, port), any(_is_client_tls(*value) for value in values))


def _values(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the types and values of TLVs."""
    while data:
        if len(data) < _LENGTHS.size:
            raise BadHeader("a value is truncated")
        kind, length = _LENGTHS.unpack_from(data)
        value, data = data[_LENGTHS.size : _LENGTHS.size + length], data[_LENGTHS.size + length :]
        if len(value) < length:
            raise BadHeader("a value is truncated")
        yield kind, value


def _is_client_tls(kind: int, value: bytes) -> bool:
    return kind == _SSL and len(value) >= _SSL_BYTES and bool(value[0] & _CLIENT_SSL)
