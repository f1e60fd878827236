"""A socket to a proxy before the tunnel is open: reads exactly what is asked for, within a time limit."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable


class WaitCancelled(Exception):
    """The connection is not wanted any more."""


class ProxyEnded(Exception):
    """The proxy has closed the connection."""


class ProxySocket:
    """Waits for a non-blocking socket.

    Args:
        sock: Connected to the proxy.
        wake: Becomes readable when `cancelled` has to be checked.
        cancelled: Whether to give up.
        deadline: When to stop waiting, on the monotonic clock.

    Thread:
        One that may block.

    Raises:
        WaitCancelled, ProxyEnded, OSError: Every method may; TimeoutError after the deadline.
    """

    def __init__(
        self, sock: socket.socket, wake: socket.socket, cancelled: Callable[[], bool], deadline: float
    ) -> None:
        self._sock = sock
        self._wake = wake
        self._cancelled = cancelled
        self._deadline = deadline

    def send(self, data: bytes) -> None:
        """Send all of it."""
        while data:
            self._wait(selectors.EVENT_WRITE)
            data = data[self._sock.send(data) :]

    def read(self, count: int) -> bytes:
        """Read exactly so many bytes."""
        received = b""
        while len(received) < count:
            self._wait(selectors.EVENT_READ)
            part = self._sock.recv(count - len(received))
            if not part:
                raise ProxyEnded
            received += part
        return received

    def read_head(self, limit: int) -> bytes:
        """Read lines up to an empty one, or `limit` bytes. What follows stays in the socket."""
        head = b""
        while not head.endswith((b"\r\n\r\n", b"\n\n")) and len(head) < limit:
            head += self.read(1)
        return head

    def _wait(self, event: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._sock, event)
            selector.register(self._wake, selectors.EVENT_READ)
            while True:
                if self._cancelled():
                    raise WaitCancelled
                left = self._deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                ready = [key.fileobj for key, _ in selector.select(left)]
                if self._sock in ready:
                    return
                if self._wake in ready:
                    self._wake.recv(4096)
