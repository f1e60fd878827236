"""Bytes as they arrive become whole lines, within limits.

A line ends with LF or CR LF. What is too long is reported as such and costs only that line: the reader
skips to the next line end and goes on.
"""

from __future__ import annotations

from dataclasses import dataclass

LINE_BYTES = 512  # body with CR LF, RFC 1459 section 2.3
TAG_BYTES = 4096  # what a client may send as tags, `@` and space included: IRCv3 message-tags, 4094 + 2
UNTERMINATED_BYTES = 8192  # how much of a line is kept while its end has not come


@dataclass(frozen=True, slots=True)
class TooLong:
    """A line beyond the limits stood here (numeric 417)."""


class LineBuffer:
    """Collects bytes and gives whole lines.

    Takes  line, tags: limits in bytes for the body (with CR LF) and the tags; 0 is no limit
           unterminated: most bytes kept while waiting for a line end
    """

    __slots__ = ("_line", "_rest", "_skipping", "_tags", "_unterminated")

    def __init__(
        self, line: int = LINE_BYTES, tags: int = TAG_BYTES, unterminated: int = UNTERMINATED_BYTES
    ) -> None:
        self._line = line
        self._tags = tags
        self._unterminated = unterminated
        self._rest = b""
        self._skipping = False

    def feed(self, data: bytes) -> list[bytes | TooLong]:
        """The lines that these bytes complete, without line ends; empty lines are left out."""
        pieces = (self._rest + data if self._rest else data).split(b"\n")
        self._rest = pieces.pop()
        lines: list[bytes | TooLong] = []
        for piece in pieces:
            if self._skipping:
                self._skipping = False
                continue
            piece = piece.rstrip(b"\r")
            if piece:
                lines.append(piece if self._fits(piece) else TooLong())
        if self._unterminated and len(self._rest) > self._unterminated:
            if not self._skipping:
                lines.append(TooLong())
            self._skipping = True
            self._rest = b""
        return lines

    @property
    def pending(self) -> int:
        """How many bytes wait for their line end."""
        return len(self._rest)

    def _fits(self, piece: bytes) -> bool:
        if not self._line or len(piece) <= self._line - 2:
            return True
        if not piece.startswith(b"@"):
            return False
        tags, _, body = piece.partition(b" ")
        return len(tags) + 1 <= self._tags and len(body) <= self._line - 2
