"""Leaves the place, the camera and comments out of WebP pictures; see `picture_metadata`.

Source: RFC 9649 (WebP)
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from chatapp.client.files.exif import exif_of, orientation_of
from chatapp.client.files.file_pieces import PIECE_BYTES, FilePart, Malformed, size_of

_KEPT = frozenset({b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"})
_HAS_EXIF, _HAS_XMP = 0x08, 0x04  # in the flags of VP8X
_EXIF = b"Exif\0\0"  # which some programs put before the Exif
_MOST_CHUNKS = 100_000


def is_webp(start: bytes) -> bool:
    """Return whether a file that begins with these twelve bytes is a WebP picture."""
    return start[:4] == b"RIFF" and start[8:12] == b"WEBP"


def kept_parts(file: BinaryIO, size: int) -> Iterator[bytes | FilePart]:
    """Yield what is kept of a WebP of this many bytes.

    Raises:
        Malformed, struct.error: It is not what its start says.
        OSError: It cannot be read.
    """
    parts: list[bytes | FilePart] = []
    flags_at, exif = None, b""
    for kind, start, end in _chunks(file, size):
        if kind == b"VP8X":
            flags_at = len(parts)
        if kind in _KEPT:
            parts.append(FilePart(start, end))
            if (end - start) % 2:
                parts.append(b"\0")  # which some programs leave out at the end
        elif kind == b"EXIF" and not exif:
            file.seek(start + 8)
            exif = exif_of(orientation_of(file.read(min(end - start - 8, PIECE_BYTES)).removeprefix(_EXIF)))
    if not parts:
        raise Malformed
    if flags_at is not None:
        parts[flags_at : flags_at + 1] = _head_of(file, parts[flags_at], bool(exif))
        if exif:
            parts.append(b"EXIF" + struct.pack("<I", len(exif)) + exif)
    yield b"RIFF" + struct.pack("<I", size_of(parts) + 4) + b"WEBP"
    yield from parts


def _chunks(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of each chunk, where it begins, and where the next one does."""
    file.seek(4)
    (length,) = struct.unpack("<I", file.read(4))
    at, stop = 12, 8 + length
    if stop > size:
        raise Malformed
    for _ in range(_MOST_CHUNKS):
        if at >= stop:
            return
        file.seek(at)
        kind, length = struct.unpack("<4sI", file.read(8))
        end = min(at + 8 + length + length % 2, max(stop, at + 8 + length))
        if end > stop:
            raise Malformed
        yield kind, at, end
        at = end
    raise Malformed


def _head_of(file: BinaryIO, part: bytes | FilePart, has_exif: bool) -> list[bytes | FilePart]:
    """Return the chunk VP8X, which says what the file has."""
    assert isinstance(part, FilePart)
    if part.end - part.start < 9:
        raise Malformed
    file.seek(part.start)
    head = bytearray(file.read(9))
    head[8] = head[8] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if has_exif else 0)
    return [bytes(head), FilePart(part.start + 9, part.end)]
