"""The body of a request: bytes of the connection in, bytes of the body out.

Source: RFC 9112 sections 6 and 7.
"""

from __future__ import annotations

import re
from typing import Protocol

CHUNK_LINE_BYTES = 1024  # the most of a line with the size of a chunk and its extensions
TRAILER_BYTES = 8192  # the most of the fields after the last chunk

_CHUNK_LINE = re.compile(rb"(?P<size>[0-9A-Fa-f]{1,12})[ \t]*(?:;[^\r\n]*)?")
_END = b"\r\n"


class MalformedBody(ValueError):
    """The chunks of a body are malformed."""


class Body(Protocol):
    """A body that is being received.

    Attributes:
        is_complete: Whether all of it was received.
        rest: The bytes after its end.
    """

    @property
    def is_complete(self) -> bool: ...

    @property
    def rest(self) -> bytes | bytearray: ...

    def feed(self, data: bytes | bytearray) -> bytes | bytearray:
        """Return the bytes of the body in these bytes of the connection.

        Raises:
            MalformedBody: They cannot be read.
        """


class SizedBody:
    """A body with a `Content-Length`."""

    def __init__(self, size: int) -> None:
        self.rest: bytes | bytearray = b""
        self._left = size

    @property
    def is_complete(self) -> bool:
        """Whether all of it was received."""
        return not self._left

    def feed(self, data: bytes | bytearray) -> bytes | bytearray:
        """Return the bytes of the body in these bytes of the connection."""
        body, self.rest = (data, b"") if len(data) <= self._left else (data[: self._left], data[self._left :])
        self._left -= len(body)
        return body


class ChunkedBody:
    """A body in chunks, whose size is known at its end."""

    def __init__(self) -> None:
        self.is_complete = False
        self.rest: bytes | bytearray = b""  # until the end: bytes that are not enough to be read
        self._left = 0  # bytes of the chunk that are to come
        self._after_chunk = False
        self._in_trailer = False
        self._trailer = 0  # bytes of the trailer so far

    def feed(self, data: bytes | bytearray) -> bytes | bytearray:
        """Return the bytes of the body in these bytes of the connection.

        Raises:
            MalformedBody: A chunk is malformed.
        """
        data = self.rest + data
        pieces: list[bytes | bytearray] = []
        at = 0
        while not self.is_complete and at < len(data):
            if self._left:
                piece = data[at : at + self._left]
                pieces.append(piece)
                self._left -= len(piece)
                self._after_chunk = not self._left
                at += len(piece)
                continue
            end = data.find(_END, at, at + CHUNK_LINE_BYTES + len(_END))
            if end < 0:
                if len(data) - at > CHUNK_LINE_BYTES:
                    raise MalformedBody("a line between chunks is too long")
                break
            self._read_line(data[at:end])
            at = end + len(_END)
        self.rest = data[at:]
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _read_line(self, line: bytes | bytearray) -> None:
        if self._after_chunk:
            if line:
                raise MalformedBody("a chunk is longer than its size")
            self._after_chunk = False
        elif self._in_trailer:
            self._trailer += len(line)
            if self._trailer > TRAILER_BYTES:
                raise MalformedBody("the trailer is too long")
            self.is_complete = not line
        else:
            match = _CHUNK_LINE.fullmatch(line)
            if not match:
                raise MalformedBody("the size of a chunk is malformed")
            self._left = int(match["size"], 16)
            self._in_trailer = not self._left
