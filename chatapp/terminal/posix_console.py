"""The terminal and standard input on Linux, macOS and other systems of that kind."""

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

_INPUT, _LOCAL, _CHARACTERS = 0, 3, 6  # of the attributes of a terminal


def readable(seconds: float) -> bool:
    """Whether standard input has something, or its end, within some time."""
    return bool(select.select([sys.stdin.fileno()], [], [], seconds)[0])


class Console:
    """The terminal. While it is entered, keys come one by one and are not shown."""

    def __init__(self) -> None:
        self._in = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._in)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def __enter__(self) -> Self:
        now = termios.tcgetattr(self._in)
        now[_INPUT] &= ~(termios.ICRNL | termios.INLCR | termios.IXON)
        now[_LOCAL] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
        now[_CHARACTERS][termios.VSUSP] = os.fpathconf(self._in, "PC_VDISABLE").to_bytes(1, "little")
        termios.tcsetattr(self._in, termios.TCSADRAIN, now)
        self.write(PASTE_ON)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.write(PASTE_OFF)
        finally:
            termios.tcsetattr(self._in, termios.TCSADRAIN, self._before)

    def read(self, seconds: float) -> str:
        """What was typed, as soon as there is something within some time.

        Raises  EOFError when the terminal is gone
        """
        if not readable(seconds):
            return ""
        data = os.read(self._in, 65536)
        if not data:
            raise EOFError
        return self._decoder.decode(data)

    def write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        size = os.get_terminal_size(sys.stdout.fileno())
        return size.columns or 80, size.lines or 24  # a serial line knows neither

    def suspend(self) -> None:
        """Give the terminal back to the shell, as Ctrl+Z does; returns when we are called to the front."""
        self.__exit__(None, None, None)
        os.kill(0, signal.SIGTSTP)
        self.__enter__()
