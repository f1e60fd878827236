"""Network addresses: how the text of one is read, and what counts as one place.

Every part of the server that compares addresses reads them here, so that all of them agree.

Source  RFC 4291 section 2.5.5.2 (IPv4-mapped addresses), RFC 6177 (what one site is given)
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from chatapp.protocol.numbers import whole

LAST_PORT = 65535


IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

SITE_BITS = 64  # of an IPv6 address: one computer can use every address below that
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")


def parsed(text: str) -> IpAddress | None:
    """Read an address. A zone (`%eth0`) is ignored; an IPv4-mapped IPv6 address is the IPv4 address."""
    try:
        return unmapped(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return None


def parsed_network(text: str) -> IpNetwork | None:
    """Read an address or a network such as 192.0.2.0/24; the bits behind the prefix do not matter."""
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    if isinstance(network, ipaddress.IPv6Network) and network.subnet_of(_MAPPED):
        first = unmapped(network.network_address)
        return ipaddress.ip_network(f"{first}/{network.prefixlen - _MAPPED.prefixlen}")
    return network


def unmapped(address: IpAddress) -> IpAddress:
    """The IPv4 address that an IPv4-mapped IPv6 address stands for; any other address unchanged."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def place(text: str) -> str:
    """The place that an address belongs to, under which limits count it.

    Returns:
        An IPv4 address; the /64 network of an IPv6 address; the text itself when it is no address.
    """
    address = parsed(text)
    if address is None:
        return text
    if isinstance(address, ipaddress.IPv6Address) and not address.is_loopback:
        return str(ipaddress.ip_network(f"{address}/{SITE_BITS}", strict=False))
    return str(address)


def surroundings(text: str) -> str:
    """The network around an address that usually has one owner: /24 of IPv4, /48 of IPv6."""
    address = parsed(text)
    if address is None:
        return text
    bits = 24 if isinstance(address, ipaddress.IPv4Address) else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def is_local(text: str) -> bool:
    """Whether an address is private, link-local or loopback. Higher limits apply to those."""
    address = parsed(text)
    return address is not None and (address.is_private or address.is_loopback or address.is_link_local)


def is_loopback(text: str) -> bool:
    """Whether an address is this computer's own, so that nobody is in between."""
    address = parsed(text)
    return address is not None and address.is_loopback


def is_within(text: str, networks: Iterable[IpNetwork]) -> bool:
    """Whether an address belongs to one of these networks."""
    address = parsed(text)
    return address is not None and any(address in network for network in networks)


def split_host_port(address: str) -> tuple[str, str]:
    """Host and port; the port is empty when there is none."""
    if address.startswith("["):
        host, _, port = address[1:].partition("]")
        return host, port.removeprefix(":")
    host, colon, port = address.partition(":")
    return (host, port) if colon and ":" not in port else (address, "")


def join_host_port(host: str, port: int) -> str:
    """The way back."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def parse_port(text: str) -> int | None:
    """The port that a text names, if it is one."""
    return whole(text, 1, LAST_PORT)


def is_port(number: int) -> bool:
    """Whether one can connect to it."""
    return 1 <= number <= LAST_PORT
