"""IP addresses, networks and ports: how they are read, and which addresses count as one.

No other module uses `ipaddress`, so that all parts of the program read addresses in the same way.

Source: RFC 4291 section 2.5.5.2 (IPv4-mapped addresses), RFC 6177 (the size of a site's network).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from chatapp.protocol.numbers import parse_whole

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

LOCALHOST = "127.0.0.1"
ALL_IPV4, ALL_IPV6 = "0.0.0.0", "::"  # to listen on every address
LAST_PORT = 65535
CLIENT_BITS = 64  # the prefix of an IPv6 network in which one computer can use every address

_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")


def parse_address(text: str) -> IpAddress | None:
    """Read an address. A zone (`%eth0`) is ignored; an IPv4-mapped IPv6 address is the IPv4 address."""
    try:
        return _unmapped(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return None


def parse_network(text: str, is_exact: bool = False) -> IpNetwork | None:
    """Read an address or a network such as 192.0.2.0/24.

    Args:
        is_exact: Whether bits after the prefix, as in 192.0.2.7/24, are an error. Otherwise they are ignored.
    """
    try:
        network = ipaddress.ip_network(text, strict=is_exact)
    except ValueError:
        return None
    if isinstance(network, ipaddress.IPv6Network) and network.subnet_of(_MAPPED):
        first = _unmapped(network.network_address)
        return ipaddress.ip_network(f"{first}/{network.prefixlen - _MAPPED.prefixlen}")
    return network


def normal_ipv4(text: str) -> str:
    """Return an IPv4 address in its usual form.

    Raises:
        ValueError: The text is not an IPv4 address.
    """
    return str(ipaddress.IPv4Address(text))


def normal_ipv6(text: str) -> str:
    """Return an IPv6 address in its usual form, with its zone if it has one.

    Raises:
        ValueError: The text is not an IPv6 address.
    """
    return str(ipaddress.IPv6Address(text))


def unmapped(text: str) -> str:
    """Return the IPv4 address that an IPv4-mapped IPv6 address stands for; any other text unchanged."""
    address = parse_address(text)
    return str(address) if isinstance(address, ipaddress.IPv4Address) else text


def packed(text: str) -> bytes:
    """Return the 4 or 16 bytes of an address, as DNS records and certificates hold them.

    Raises:
        ValueError: The text is not an address.
    """
    return ipaddress.ip_address(text).packed


def unpacked(data: bytes) -> str:
    """Return the address that 4 or 16 bytes stand for.

    Raises:
        ValueError: It is another number of bytes.
    """
    return str(ipaddress.ip_address(data))


def client_block(text: str) -> str:
    """Return the addresses that one client can use. Limits count them as one.

    Returns:
        An IPv4 address; the /64 network of an IPv6 address; the text itself when it is not an address.
    """
    address = parse_address(text)
    if address is None:
        return text
    if isinstance(address, ipaddress.IPv6Address) and not address.is_loopback:
        return str(ipaddress.ip_network(f"{address}/{CLIENT_BITS}", strict=False))
    return str(address)


def owner_block(text: str) -> str:
    """Return the network around an address that usually has one owner: /24 of IPv4, /48 of IPv6."""
    address = parse_address(text)
    if address is None:
        return text
    bits = 24 if isinstance(address, ipaddress.IPv4Address) else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def is_address(text: str) -> bool:
    """Return whether a text is an IP address rather than a host name."""
    return parse_address(text) is not None


def is_local(text: str) -> bool:
    """Return whether an address is private, link-local or loopback. Such addresses have higher limits."""
    address = parse_address(text)
    return address is not None and (address.is_private or address.is_loopback or address.is_link_local)


def is_link_local(text: str) -> bool:
    """Return whether an address is valid on one network link only."""
    address = parse_address(text)
    return address is not None and address.is_link_local


def is_loopback(text: str) -> bool:
    """Return whether an address is this computer's own, so that no other computer can read the traffic."""
    address = parse_address(text)
    return address is not None and address.is_loopback


def is_this_computer(host: str) -> bool:
    """Return whether a host is `localhost` or a loopback address."""
    return host == "localhost" or is_loopback(host)


def is_within(text: str, networks: Iterable[IpNetwork]) -> bool:
    """Return whether an address belongs to one of these networks."""
    address = parse_address(text)
    return address is not None and any(address in network for network in networks)


def split_host_port(address: str) -> tuple[str, str]:
    """Return host and port of `host`, `host:port`, `::1` or `[::1]:port`; the port may be empty."""
    if address.startswith("["):
        host, _, port = address[1:].partition("]")
        return host, port.removeprefix(":")
    host, colon, port = address.partition(":")
    return (host, port) if colon and ":" not in port else (address, "")


def join_host_port(host: str, port: int) -> str:
    """Write host and port as `split_host_port` reads them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def parse_port(text: str, first: int = 1) -> int | None:
    """Read a port number; None when it is not one between `first` and 65535."""
    return parse_whole(text, first, LAST_PORT)


def is_valid_port(number: int) -> bool:
    """Return whether a client can connect to this port."""
    return 1 <= number <= LAST_PORT


def _unmapped(address: IpAddress) -> IpAddress:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
