"""Splits received bytes into lines, within limits.

A line ends with CR LF, or with either of them alone, so that no line contains one of them. NUL is not allowed
in a line and is dropped (telnet sends it after CR). A line that is too long is reported and skipped to its
end.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

LINE_BYTES = 512  # the most of a line without tags, including CR LF: RFC 1459 section 2.3
TAG_BYTES = 4096  # the most of a client's tags, with `@` and space: IRCv3 message-tags, 4094 + 2
UNTERMINATED_BYTES = 8192  # the most that is stored of a line before its end arrives


@dataclass(frozen=True, slots=True)
class TooLong:
    """Takes the place of a line that is too long (numeric 417).

    Attributes:
        tags: Of the line, including `@`, if they are within their limit.
    """

    tags: bytes = field(default=b"", compare=False)


class LineBuffer:
    """Collects bytes and returns whole lines.

    Args:
        line: The largest number of bytes of a line without tags, including CR LF; 0 for no limit.
        tags: The largest number of bytes of the tags; 0 for no limit.
        unterminated: The largest number of bytes that are stored of a line before its end arrives; 0 for no
            limit.

    Attributes:
        blank: The number of empty lines; the caller resets it.
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
        self.blank = 0

    def feed(self, data: bytes) -> list[bytes | TooLong]:
        """Return the lines that these bytes complete, without line ends and without empty lines."""
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
        """The number of bytes of the incomplete line."""
        return len(self._rest)

    def _fitting(self, piece: bytes) -> bytes | TooLong:
        tags, space, body = piece.partition(b" ") if piece.startswith(b"@") else (b"", b"", piece)
        if len(tags + space) > self._tags:
            return TooLong()
        is_whole = len(body) <= self._body and len(piece) <= self._unterminated
        return piece if is_whole else TooLong(tags)
