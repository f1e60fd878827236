"""Signals that stop the server or make it read its configuration again.

A signal can arrive at any moment, even while the main thread holds a lock, and hundreds can arrive at once.
So a handler only sets a flag. The interpreter writes the number of each signal into a socket, and the main
thread reads them. Numbers that do not fit are lost, which is why stopping is a flag too.

Source: docs.python.org/3/library/signal.html#signal.set_wakeup_fd.
"""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from types import FrameType, TracebackType

STOPPING = (signal.SIGINT, signal.SIGTERM)
_ALL = (*STOPPING, signal.SIGHUP) if hasattr(signal, "SIGHUP") else STOPPING  # Windows has no SIGHUP
_WAKE = b"\0"  # no signal has this number


class Signals:
    """Receives the signals of the process inside a `with` block, and ignores them afterwards.

    Thread: the main thread, except for `stop`.
    """

    def __init__(self) -> None:
        self._is_stopping = False

    def __enter__(self) -> Signals:
        self._read, self._write = socket.socketpair()
        self._write.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for number in _ALL:
            signal.signal(number, self._handle)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, where: TracebackType | None) -> None:
        for number in _ALL:
            signal.signal(number, signal.SIG_IGN)  # also while the interpreter exits
        signal.set_wakeup_fd(-1)
        self._read.close()
        self._write.close()

    def wait(self) -> bool:
        """Wait for a signal.

        Returns:
            True to read the configuration again, False to stop.
        """
        while not self._is_stopping:
            numbers = self._read.recv(4096)
            if not self._is_stopping and not any(number in STOPPING for number in numbers):
                return True
            self._is_stopping = True
        return False

    def stop(self) -> None:
        """Make `wait` return False. Thread: any."""
        self._is_stopping = True
        with suppress(BlockingIOError):  # enough bytes wait to wake it
            self._write.send(_WAKE)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if number in STOPPING:
            self._is_stopping = True
