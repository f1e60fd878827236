"""What the thread of a transfer and its owner share: how far it is, and whether it is still wanted."""

from __future__ import annotations

import socket
import threading

from chatapp.system.waker import Waker


class TransferControl:
    """The control of one transfer.

    Attributes:
        done: How many bytes were transferred.
        total: How many there are; 0 until that is known.

    Thread:
        Any. The thread of the transfer calls `close` at its end.
    """

    def __init__(self) -> None:
        self.done = self.total = 0
        self._waker = Waker()
        self._cancelled = threading.Event()

    @property
    def wake(self) -> socket.socket:
        """Becomes readable when the transfer is cancelled."""
        return self._waker.readable

    @property
    def is_cancelled(self) -> bool:
        """Whether the transfer is not wanted any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """End the transfer soon."""
        self._cancelled.set()
        self._waker.wake()

    def pause(self, seconds: float) -> None:
        """Wait; a cancelled transfer does not."""
        self._cancelled.wait(seconds)

    def close(self) -> None:
        """Release the sockets."""
        self._waker.close()
