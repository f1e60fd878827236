"""What the thread of a transfer and its owner share: how far it is, and whether it is still wanted."""

from __future__ import annotations

import contextlib
import socket
import threading


class TransferControl:
    """The control of one transfer.

    Attributes:
        wake: Becomes readable when the transfer is cancelled.
        done: How many bytes were transferred.
        total: How many there are; 0 until that is known.

    Thread:
        Any. The thread of the transfer calls `close` at its end.
    """

    def __init__(self) -> None:
        self.done = self.total = 0
        self.wake, self._waker = socket.socketpair()
        self.wake.setblocking(False)
        self._waker.setblocking(False)
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether the transfer is not wanted any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """End the transfer soon."""
        self._cancelled.set()
        with contextlib.suppress(OSError):  # it has ended
            self._waker.send(b"\0")

    def pause(self, seconds: float) -> None:
        """Wait; a cancelled transfer does not."""
        self._cancelled.wait(seconds)

    def close(self) -> None:
        """Release the sockets."""
        self.wake.close()
        self._waker.close()
