"""The terminal that we run in, on any system; and standard input when it is none."""

from __future__ import annotations

import os
import sys
from codecs import getincrementaldecoder

if sys.platform == "win32":
    from chatapp.terminal.windows_console import Console, readable
else:
    from chatapp.terminal.posix_console import Console, readable

__all__ = ["Console", "InputSource"]


class InputSource:
    """Lines of standard input as they come, without ever waiting longer than it is told to."""

    def __init__(self) -> None:
        self.ended = False
        self._begun = ""
        self._decoder = getincrementaldecoder("utf-8-sig")("replace")

    def lines(self, seconds: float) -> list[str]:
        """The lines that came within some time. A last one needs no line feed."""
        if self.ended or not readable(seconds):
            return []
        data = os.read(sys.stdin.fileno(), 65536)
        self.ended = not data
        text = self._begun + self._decoder.decode(data, self.ended)
        *whole, self._begun = text.split("\n")
        if self.ended and self._begun:
            whole.append(self._begun)
        return [line.removesuffix("\r") for line in whole]
