"""Options of TCP sockets that differ between systems."""

from __future__ import annotations

import socket

DONT_WAIT: int = getattr(socket, "MSG_DONTWAIT", 0)
"""The flag for a `send` that does not wait; 0 on Windows, where only a whole socket can be non-blocking."""


def take_port_alone(sock: socket.socket) -> None:
    """Prevent other programs from listening on the same port, but allow to reuse it after a restart.

    On Windows SO_REUSEADDR would let a second server share the port; SO_EXCLUSIVEADDRUSE prevents that. On
    other systems SO_REUSEADDR only ignores connections of an earlier server that are still closing.
    """
    exclusive: int | None = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
    if exclusive is None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    else:
        sock.setsockopt(socket.SOL_SOCKET, exclusive, 1)
