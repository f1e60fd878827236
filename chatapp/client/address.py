"""Where a server is, as people write it: `host`, `host:port`, `[::1]:port` or `::1`."""

from __future__ import annotations


def divided(address: str) -> tuple[str, str]:
    """Host and port; the port is empty when there is none."""
    if address.startswith("["):
        host, _, port = address[1:].partition("]")
        return host, port.removeprefix(":")
    host, colon, port = address.partition(":")
    return (host, port) if colon and ":" not in port else (address, "")


def written(host: str, port: int) -> str:
    """The way back."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def port_of(text: str) -> int | None:
    """The port that a text names, if it is one."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) if is_number and is_port(int(text)) else None


def is_port(number: int) -> bool:
    """Whether one can connect to it."""
    return 0 < number < 65536
