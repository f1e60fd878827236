"""Where a server is, as people write it: `host`, `host:port`, `[::1]:port` or `::1`."""

from __future__ import annotations

from chatapp.protocol.numbers import whole

LAST_PORT = 65535


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
    return whole(text, 1, LAST_PORT)


def is_port(number: int) -> bool:
    """Whether one can connect to it."""
    return 1 <= number <= LAST_PORT
