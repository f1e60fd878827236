"""What is sent of a file: parts of it, and other bytes between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

PIECE_BYTES = 65536


class FilePart(NamedTuple):
    """A part of a file, from one byte up to another."""

    start: int
    end: int


Pieces = list[bytes | FilePart]
"""What is sent of a file: bytes, and parts of the file."""


class Malformed(Exception):
    """The file is not what its start says."""


def whole(size: int) -> Pieces:
    """Return all of a file of this size."""
    return [FilePart(0, size)]


def size_of(pieces: Pieces) -> int:
    """Return how many bytes are sent."""
    return sum(len(each) if isinstance(each, bytes) else each.end - each.start for each in pieces)


def read_pieces(file: BinaryIO, pieces: Pieces) -> Iterator[bytes]:
    """Yield the bytes to send, at most PIECE_BYTES at a time.

    Raises:
        OSError: The file cannot be read.
        EOFError: It is shorter than it was.
    """
    for piece in pieces:
        if isinstance(piece, bytes):
            yield piece
            continue
        file.seek(piece.start)
        left = piece.end - piece.start
        while left:
            data = file.read(min(left, PIECE_BYTES))
            if not data:
                raise EOFError
            left -= len(data)
            yield data


def joined(pieces: Iterator[bytes | FilePart]) -> Pieces:
    """Return the parts with neighbours joined."""
    joined: Pieces = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, FilePart) and isinstance(last, FilePart) and last.end == piece.start:
            joined[-1] = FilePart(last.start, piece.end)
        elif piece:
            joined.append(piece)
    return joined
