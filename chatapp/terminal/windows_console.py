"""The console and standard input on Windows."""

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

TICK_SECONDS = 0.01  # between two looks for input
_STDOUT = -11
_VIRTUAL_TERMINAL = 0x0004  # ENABLE_VIRTUAL_TERMINAL_PROCESSING

_SPECIAL = ("\x00", "\xe0")  # begins the code of a key without a character
_SEQUENCES = {
    "H": "\x1b[A", "P": "\x1b[B", "M": "\x1b[C", "K": "\x1b[D", "G": "\x1b[H", "O": "\x1b[F", "S": "\x1b[3~",
    "s": "\x1b[1;5D", "t": "\x1b[1;5C", "\x98": "\x1b[1;3A", "\xa0": "\x1b[1;3B", "\x0f": "\x1b[Z",
    **{chr(0x78 + at): f"\x1b{digit}" for at, digit in enumerate("1234567890")},
}  # fmt: skip

_kernel = ctypes.WinDLL("kernel32")


def wait_readable(seconds: float) -> bool:
    """Wait until standard input has data or has ended; False after this time without either."""
    deadline = time.monotonic() + seconds
    while not _has_input():
        if time.monotonic() >= deadline:
            return False
        time.sleep(TICK_SECONDS)
    return True


def _has_input() -> bool:
    if sys.stdin.isatty():
        return msvcrt.kbhit()
    handle = wintypes.HANDLE(msvcrt.get_osfhandle(sys.stdin.fileno()))
    available = wintypes.DWORD()
    is_open_pipe = _kernel.PeekNamedPipe(handle, None, 0, None, ctypes.byref(available), None)
    return not is_open_pipe or available.value > 0  # reading a file or a closed pipe never blocks


class Console:
    """The terminal. As a context manager it understands escape sequences; msvcrt reads keys without echo."""

    def __init__(self) -> None:
        self._out = wintypes.HANDLE(_kernel.GetStdHandle(_STDOUT))
        self._saved = wintypes.DWORD()
        _kernel.GetConsoleMode(self._out, ctypes.byref(self._saved))

    def __enter__(self) -> Self:
        _kernel.SetConsoleMode(self._out, self._saved.value | _VIRTUAL_TERMINAL)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _kernel.SetConsoleMode(self._out, self._saved.value)

    def read(self, seconds: float) -> str:
        """Return what was typed, as soon as there is anything; empty after this time.

        Raises:
            KeyboardInterrupt: Ctrl+C was pressed.
        """
        if not wait_readable(seconds):
            return ""
        typed = ""
        while msvcrt.kbhit():
            character = msvcrt.getwch()
            if character == "\x03":
                raise KeyboardInterrupt
            if character in _SPECIAL and msvcrt.kbhit():  # alone, \xe0 is the letter à
                character = _SEQUENCES.get(msvcrt.getwch(), "")
            typed += character
        return typed.encode("utf-16", "surrogatepass").decode(
            "utf-16", "replace"
        )  # joins the surrogate pairs of emoji

    def write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def size(self) -> tuple[int, int]:
        """Columns and rows of the terminal."""
        size = os.get_terminal_size(sys.stdout.fileno())
        return size.columns, size.lines

    def suspend(self) -> None:
        """Do nothing: Windows cannot suspend a process."""
