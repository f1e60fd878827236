"""Bytes as they arrive become whole lines, within limits.

A line ends with CR LF, or with either of the two alone, so that no line that is handed on can hold one of
them. NUL may not stand in a line and is dropped (telnet sends it after CR). What is too long is reported as
such and costs only that line: the reader skips to the next line end and goes on.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

LINE_BYTES = 512  # body with CR LF, RFC 1459 section 2.3
TAG_BYTES = 4096  # what a client may send as tags, `@` and space included: IRCv3 message-tags, 4094 + 2
UNTERMINATED_BYTES = 8192  # how much of a line is kept while its end has not come


@dataclass(frozen=True, slots=True)
class TooLong:
    """A line beyond the limits stood here (numeric 417).

    Takes  tags: those of the line, `@` included, if they were within theirs
    """

    tags: bytes = field(default=b"", compare=False)


class LineBuffer:
    """Collects bytes and gives whole lines.

    Takes  line, tags: limits in bytes for the body (with CR LF) and the tags; 0 is no limit
           unterminated: most bytes of a line in all, for nothing more is kept while its end has not come
    """

    __slots__ = ("_body", "_rest", "_short", "_skipping", "_tags", "_unterminated", "blank")

    def __init__(
        self, line: int = LINE_BYTES, tags: int = TAG_BYTES, unterminated: int = UNTERMINATED_BYTES
    ) -> None:
        self._body = line - len(b"\r\n") if line else sys.maxsize
        self._tags = tags or sys.maxsize
        self._unterminated = unterminated or sys.maxsize
        self._short = min(self._body, self._tags, self._unterminated)
        self._rest = b""
        self._skipping = False
        self.blank = 0  # empty lines that have come, for the caller to count

    def feed(self, data: bytes) -> list[bytes | TooLong]:
        """The lines that these bytes complete, without line ends; empty lines are left out."""
        if b"\0" in data:
            data = data.replace(b"\0", b"")
        pieces = (self._rest + data).replace(b"\r", b"\n").split(b"\n")
        self._rest = pieces.pop()
        lines: list[bytes | TooLong] = []
        if self._skipping and pieces:
            self._skipping = False
            del pieces[0]
        for piece in pieces:
            if piece:
                lines.append(piece if len(piece) <= self._short else self._fitting(piece))
        blank = len(pieces) - 2 * len(lines)  # each CR LF makes an empty piece beside its line
        if blank > 0:
            self.blank += blank
        if self._skipping:
            self._rest = b""
        elif len(self._rest) > self._unterminated:
            lines.append(TooLong())
            self._skipping = True
            self._rest = b""
        return lines

    @property
    def pending(self) -> int:
        """How many bytes wait for their line end."""
        return len(self._rest)

    def _fitting(self, piece: bytes) -> bytes | TooLong:
        tags, space, body = piece.partition(b" ") if piece.startswith(b"@") else (b"", b"", piece)
        if len(tags + space) > self._tags:
            return TooLong()
        is_whole = len(body) <= self._body and len(piece) <= self._unterminated
        return piece if is_whole else TooLong(tags)
