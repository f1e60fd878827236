"""Leaves out what tells too much about a picture: the place, the camera, its owner, comments.

    JPEG   without the segments APP1 to APP15 and COM, but with the colour profile and the colours of Adobe
    PNG    without the chunks eXIf, tEXt, zTXt, iTXt and tIME

What follows the end of the picture goes too: phones put further pictures there, which have metadata again.
How a camera was held is kept, because the picture would be shown lying on its side without it. The pixels
are the same, byte for byte.

Source: JPEG (ITU T.81), Exif 2.32, PNG (W3C)
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from chatapp.client.files.image_headers import JPEG_START, PNG_START

PIECE_BYTES = 65536

_SCAN_BYTES = 1 << 20
_EXIF = b"Exif\0\0"
_PROFILE = b"ICC_PROFILE\0"
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # the next one after the pixels
_PNG_METADATA = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_ORIENTATION, _UPRIGHT = 0x0112, 1
_MOST_ENTRIES = 1000  # of Exif that are looked at


class FilePart(NamedTuple):
    """A part of a file, from one byte up to another."""

    start: int
    end: int


Pieces = list[bytes | FilePart]
"""What is sent of a file: bytes, and parts of the file."""


class _Malformed(Exception):
    """The file is not what its start says."""


def pieces_without_metadata(file: BinaryIO) -> Pieces:
    """Return what to send of a file; all of it if it is no picture, or a broken one.

    Raises:
        OSError: The file cannot be read.
    """
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(len(PNG_START))
    try:
        if start == PNG_START:
            return _joined(_png(file))
        if start.startswith(JPEG_START):
            return _joined(_jpeg(file, size))
    except (_Malformed, struct.error):
        pass
    return whole(size)


def whole(size: int) -> Pieces:
    """Return all of a file of this size."""
    return [FilePart(0, size)]


def size_of(pieces: Pieces) -> int:
    """Return how many bytes are sent."""
    return sum(len(each) if isinstance(each, bytes) else each.end - each.start for each in pieces)


def read_pieces(file: BinaryIO, pieces: Pieces) -> Iterator[bytes]:
    """Yield the bytes to send, at most PIECE_BYTES at a time.

    Raises:
        OSError: The file cannot be read, or is shorter than it was.
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


def _jpeg(file: BinaryIO, size: int) -> Iterator[bytes | FilePart]:
    """Yield the parts of a JPEG that are kept."""
    yield JPEG_START
    at, has_exif = len(JPEG_START), False
    while True:
        marker = _marker_at(file, at)
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xD9:
            yield FilePart(at, at + 2)
            return
        (length,) = struct.unpack(">H", file.read(2))
        end = at + 2 + length
        if length < 2 or end > size:
            raise _Malformed
        if marker == 0xDA:
            end = _end_of_pixels(file, end, size)
            yield FilePart(at, end)
            if end == size:  # it was cut off
                return
        elif marker == 0xE1 and not has_exif:
            exif = file.read(length - 2)
            if exif.startswith(_EXIF):
                has_exif = True
                yield _jpeg_orientation(exif[len(_EXIF) :])
        elif _is_needed(marker, file.read(min(length - 2, len(_PROFILE)))):
            yield FilePart(at, end)
        at = end


def _marker_at(file: BinaryIO, at: int) -> int:
    file.seek(at)
    lead, marker = struct.unpack(">BB", file.read(2))
    if lead != 0xFF:
        raise _Malformed
    return int(marker)


def _is_needed(marker: int, start: bytes) -> bool:
    """Return whether the picture looks different without this segment of a JPEG."""
    if marker == 0xFE or 0xE1 <= marker <= 0xEF:
        return marker == 0xEE or (marker == 0xE2 and start == _PROFILE)
    return True


def _end_of_pixels(file: BinaryIO, at: int, size: int) -> int:
    """Return where the next marker is after the pixels of a scan; the end of the file if there is none."""
    while at < size:
        file.seek(at)
        data = file.read(_SCAN_BYTES)
        found = _MARKER.search(data)
        if found:
            return at + found.start()
        at += max(1, len(data) - 1)  # its last byte may be the first one of a marker
    return size


def _png(file: BinaryIO) -> Iterator[bytes | FilePart]:
    """Yield the parts of a PNG that are kept."""
    at = len(PNG_START)
    yield PNG_START
    while True:
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8))
        end = at + 12 + length
        if kind == b"eXIf":
            yield _png_orientation(file.read(min(length, PIECE_BYTES)))
        elif kind not in _PNG_METADATA:
            yield FilePart(at, end)
        file.seek(end - 1)
        if not file.read(1):
            raise _Malformed
        if kind == b"IEND":
            return
        at = end


def _jpeg_orientation(exif: bytes) -> bytes:
    """Return a segment that says only how the camera was held; empty if it was upright."""
    kept = _exif_of(_orientation(exif))
    return b"\xff\xe1" + struct.pack(">H", len(_EXIF) + len(kept) + 2) + _EXIF + kept if kept else b""


def _png_orientation(exif: bytes) -> bytes:
    """Return a chunk that says only how the camera was held; empty if it was upright."""
    kept = _exif_of(_orientation(exif))
    if not kept:
        return b""
    return struct.pack(">I", len(kept)) + b"eXIf" + kept + struct.pack(">I", zlib.crc32(b"eXIf" + kept))


def _orientation(exif: bytes) -> int:
    """Return how the camera was held: 1 for upright, or if that is not known."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return _UPRIGHT
    try:
        (at,) = struct.unpack_from(f"{order}I", exif, 4)
        (entries,) = struct.unpack_from(f"{order}H", exif, at)
        for number in range(min(entries, _MOST_ENTRIES)):
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * number)
            if (tag, kind, count) == (_ORIENTATION, 3, 1):
                return int(value) if 1 <= value <= 8 else _UPRIGHT
    except struct.error:
        pass
    return _UPRIGHT


def _exif_of(orientation: int) -> bytes:
    """Return Exif that says only how the camera was held; empty if it was upright."""
    if orientation == _UPRIGHT:
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _joined(pieces: Iterator[bytes | FilePart]) -> Pieces:
    """Return the parts with neighbours joined."""
    joined: Pieces = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, FilePart) and isinstance(last, FilePart) and last.end == piece.start:
            joined[-1] = FilePart(last.start, piece.end)
        elif piece:
            joined.append(piece)
    return joined
