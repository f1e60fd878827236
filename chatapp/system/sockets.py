"""Options of TCP sockets that differ between systems."""

from __future__ import annotations

import socket

DONT_WAIT: int = getattr(socket, "MSG_DONTWAIT", 0)
"""The flag of one `send` that must not wait; 0 on Windows, where only a whole socket can be non-blocking."""


def take_port_alone(sock: socket.socket) -> None:
    """Let no other program listen on the port of this socket, but let it be reused after a restart.

    On Windows SO_REUSEADDR would let a second server share the port; SO_EXCLUSIVEADDRUSE prevents that. On
    other systems SO_REUSEADDR only ignores connections of an earlier server that are not quite closed.
    """
    exclusive: int | None = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
    if exclusive is None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    else:
        sock.setsockopt(socket.SOL_SOCKET, exclusive, 1)
