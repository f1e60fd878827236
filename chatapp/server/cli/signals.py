"""Signals from outside: end, or read the configuration again.

A signal may come at any moment, also while the main thread holds a lock, and hundreds may come at once. So a
handler only sets a flag. The interpreter writes the number of each signal into a socket, from which the main
thread reads; numbers that do not fit into it are lost, which is why the wish to end is a flag too.

Source: docs.python.org/3/library/signal.html#signal.set_wakeup_fd
"""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from types import FrameType, TracebackType

ENDING = (signal.SIGINT, signal.SIGTERM)
_ALL = (*ENDING, signal.SIGHUP) if hasattr(signal, "SIGHUP") else ENDING  # Windows has none
_WAKE = b"\0"  # no signal has this number


class Signals:
    """Takes the signals of the process while it is entered, and ignores them afterwards.

    Thread: the main thread, except for `end`.
    """

    def __init__(self) -> None:
        self._is_over = False

    def __enter__(self) -> Signals:
        self._read, self._write = socket.socketpair()
        self._write.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for number in _ALL:
            signal.signal(number, self._handle)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, where: TracebackType | None) -> None:
        for number in _ALL:
            signal.signal(number, signal.SIG_IGN)  # also while the interpreter ends
        signal.set_wakeup_fd(-1)
        self._read.close()
        self._write.close()

    def wait(self) -> bool:
        """Wait for a signal.

        Returns:
            True when the configuration is to be read again, False when the process is to end.
        """
        while not self._is_over:
            numbers = self._read.recv(4096)
            if not self._is_over and not any(number in ENDING for number in numbers):
                return True
            self._is_over = True
        return False

    def end(self) -> None:
        """Make `wait` return False. Thread: any."""
        self._is_over = True
        with suppress(BlockingIOError):  # there are bytes enough to wake it
            self._write.send(_WAKE)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if number in ENDING:
            self._is_over = True
