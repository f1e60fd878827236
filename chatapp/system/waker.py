"""Wakes a thread that waits for sockets."""

from __future__ import annotations

import socket
import threading

READ_BYTES = 4096  # that are read at once: many calls of `wake` are one


class Waker:
    """A pair of sockets: one thread waits for the first one, any thread writes into the second.

    Attributes:
        readable: Becomes readable after `wake`.

    Thread:
        Any for `wake`; the others belong to the waiting thread, or follow its end.
    """

    def __init__(self) -> None:
        self.readable, self._writable = socket.socketpair()
        self.readable.setblocking(False)
        self._writable.setblocking(False)
        # the system gives the number of a closed socket to the next one, which must not get our byte
        self._lock = threading.Lock()
        self._is_closed = False

    def wake(self) -> None:
        """Wake the thread. After `close` nothing happens."""
        with self._lock:
            if not self._is_closed:
                try:
                    self._writable.send(b"\0")
                except BlockingIOError:
                    return  # it is awake already

    def clear(self) -> None:
        """Take note of all calls of `wake` so far."""
        try:
            self.readable.recv(READ_BYTES)
        except BlockingIOError:
            return

    def close(self) -> None:
        """Close the sockets."""
        with self._lock:
            self._is_closed = True
            self.readable.close()
            self._writable.close()
