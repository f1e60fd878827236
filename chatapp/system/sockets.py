"""Options of TCP sockets that differ between systems."""

from __future__ import annotations

import select
import socket
import sys

DONT_WAIT: int = getattr(socket, "MSG_DONTWAIT", 0)
"""The flag for a `send` that does not wait; 0 on Windows, where only a whole socket can be non-blocking."""


if sys.platform == "win32":

    def _wait(sock: socket.socket, is_to_write: bool, seconds: float) -> bool:
        """Wait until a socket can be written or read. A failed connection is an exception of `select`."""
        reading, writing = ([], [sock]) if is_to_write else ([sock], [])
        return any(select.select(reading, writing, writing, seconds))

else:

    def _wait(sock: socket.socket, is_to_write: bool, seconds: float) -> bool:
        """Wait until a socket can be written or read. Unlike `select` this works with any file number."""
        poll = select.poll()
        poll.register(sock, select.POLLOUT if is_to_write else select.POLLIN)
        return bool(poll.poll(1000 * seconds))


def wait_until_readable(sock: socket.socket, seconds: float) -> bool:
    """Wait until a socket can be read, has ended or was shut down; return whether that is so in time."""
    return _wait(sock, False, seconds)


def wait_until_writable(sock: socket.socket, seconds: float) -> bool:
    """Wait until a socket takes bytes, has ended or was shut down; return whether that is so in time."""
    return _wait(sock, True, seconds)


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
