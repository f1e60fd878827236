"""The console and standard input on Linux, macOS and other POSIX systems."""

from __future__ import annotations

import codecs
import os
import select
import signal
import sys
import termios
from types import TracebackType
from typing import Self

from chatapp.terminal.key_parser import PASTE_OFF, PASTE_ON

assert sys.platform != "win32"

_INPUT_FLAGS, _LOCAL_FLAGS, _CONTROL_CHARACTERS = 0, 3, 6  # indices in the result of tcgetattr


def wait_readable(seconds: float) -> bool:
    """Wait until standard input has data or has ended; False after this time without either."""
    return bool(select.select([sys.stdin.fileno()], [], [], seconds)[0])


class Console:
    """The terminal. As a context manager it delivers each key at once, without echo."""

    def __init__(self) -> None:
        self._in = sys.stdin.fileno()
        self._saved = termios.tcgetattr(self._in)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def __enter__(self) -> Self:
        attributes = termios.tcgetattr(self._in)
        attributes[_INPUT_FLAGS] &= ~(termios.ICRNL | termios.INLCR | termios.IXON)
        attributes[_LOCAL_FLAGS] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
        attributes[_CONTROL_CHARACTERS][termios.VSUSP] = os.fpathconf(self._in, "PC_VDISABLE").to_bytes(
            1, "little"
        )
        termios.tcsetattr(self._in, termios.TCSADRAIN, attributes)
        self.write(PASTE_ON)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.write(PASTE_OFF)
        finally:
            termios.tcsetattr(self._in, termios.TCSADRAIN, self._saved)

    def read(self, seconds: float) -> str:
        """Return what was typed, as soon as there is anything; empty after this time.

        Raises:
            EOFError: The terminal has gone.
        """
        if not wait_readable(seconds):
            return ""
        data = os.read(self._in, 65536)
        if not data:
            raise EOFError
        return self._decoder.decode(data)

    def write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def size(self) -> tuple[int, int]:
        """Columns and rows of the terminal."""
        size = os.get_terminal_size(sys.stdout.fileno())
        return size.columns or 80, size.lines or 24  # a serial line reports neither

    def suspend(self) -> None:
        """Stop this process, as Ctrl+Z does; returns when the shell continues it in the foreground."""
        self.__exit__(None, None, None)
        os.kill(0, signal.SIGTSTP)
        self.__enter__()
