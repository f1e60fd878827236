"""The terminal and standard input on Windows."""

from __future__ import annotations

import ctypes
import msvcrt
import os
import sys
import time
from ctypes import wintypes
from types import TracebackType
from typing import Self

assert sys.platform == "win32"

TICK_SECONDS = 0.01
_STDOUT = -11
_UNDERSTAND_SEQUENCES = 0x0004  # ENABLE_VIRTUAL_TERMINAL_PROCESSING

_SPECIAL = ("\x00", "\xe0")  # a key that writes nothing; which one, comes after it
_SEQUENCES = {
    "H": "\x1b[A", "P": "\x1b[B", "M": "\x1b[C", "K": "\x1b[D", "G": "\x1b[H", "O": "\x1b[F", "S": "\x1b[3~",
    "s": "\x1b[1;5D", "t": "\x1b[1;5C", "\x98": "\x1b[1;3A", "\xa0": "\x1b[1;3B", "\x0f": "\x1b[Z",
    **{chr(0x78 + at): f"\x1b{digit}" for at, digit in enumerate("1234567890")},
}  # fmt: skip

_kernel = ctypes.WinDLL("kernel32")


def readable(seconds: float) -> bool:
    """Whether standard input has something, or its end, within some time."""
    until = time.monotonic() + seconds
    while not _has_input():
        if time.monotonic() >= until:
            return False
        time.sleep(TICK_SECONDS)
    return True


def _has_input() -> bool:
    if sys.stdin.isatty():
        return msvcrt.kbhit()
    handle = wintypes.HANDLE(msvcrt.get_osfhandle(sys.stdin.fileno()))
    waiting = wintypes.DWORD()
    is_open_pipe = _kernel.PeekNamedPipe(handle, None, 0, None, ctypes.byref(waiting), None)
    return not is_open_pipe or waiting.value > 0  # a file, or the end of a pipe, never makes us wait


class Console:
    """The terminal. While it is entered, keys come one by one and are not shown."""

    def __init__(self) -> None:
        self._out = wintypes.HANDLE(_kernel.GetStdHandle(_STDOUT))
        self._before = wintypes.DWORD()
        _kernel.GetConsoleMode(self._out, ctypes.byref(self._before))

    def __enter__(self) -> Self:
        _kernel.SetConsoleMode(self._out, self._before.value | _UNDERSTAND_SEQUENCES)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _kernel.SetConsoleMode(self._out, self._before.value)

    def read(self, seconds: float) -> str:
        """What was typed, as soon as there is something within some time."""
        if not readable(seconds):
            return ""
        typed = ""
        while msvcrt.kbhit():
            character = msvcrt.getwch()
            if character == "\x03":
                raise KeyboardInterrupt
            if character in _SPECIAL and msvcrt.kbhit():  # else it is the letter à
                character = _SEQUENCES.get(msvcrt.getwch(), "")
            typed += character
        return typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # emoji come in halves

    def write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        size = os.get_terminal_size(sys.stdout.fileno())
        return size.columns, size.lines

    def suspend(self) -> None:
        """There is no such thing here."""
