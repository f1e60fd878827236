"""The console of this operating system, and lines of standard input."""

from __future__ import annotations

import os
import sys
from codecs import getincrementaldecoder

if sys.platform == "win32":
    from chatapp.terminal.windows_console import Console, wait_readable
else:
    from chatapp.terminal.posix_console import Console, wait_readable

__all__ = ["Console", "InputSource"]


class InputSource:
    """Lines of standard input, read with a timeout."""

    def __init__(self) -> None:
        self.ended = False
        self._partial = ""  # a line without its line feed
        self._decoder = getincrementaldecoder("utf-8-sig")("replace")

    def lines(self, seconds: float) -> list[str]:
        """Return the lines that arrive within a time. The last line of the input needs no line feed.

        Args:
            seconds: How long to wait for anything to arrive.
        """
        if self.ended or not wait_readable(seconds):
            return []
        data = os.read(sys.stdin.fileno(), 65536)
        self.ended = not data
        text = self._partial + self._decoder.decode(data, self.ended)
        *whole, self._partial = text.split("\n")
        if self.ended and self._partial:
            whole.append(self._partial)
        return [line.removesuffix("\r") for line in whole]
