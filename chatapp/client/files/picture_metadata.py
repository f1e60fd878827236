"""Leaves out what tells too much about a picture: the place, the camera, its owner, comments.

    JPEG   without the segments APP1 to APP15 and COM, but with the colour profile and the colours of Adobe
    PNG    without the chunks eXIf, tEXt, zTXt, iTXt and tIME
    WebP   without the chunks EXIF and XMP and those that are not known
    HEIC, AVIF   with their Exif and XMP overwritten: everything else has to stay where it is

What follows the end of the picture goes too: phones put further pictures there, which have metadata again.
How a camera was held is kept, because the picture would be shown lying on its side without it. The pixels
are the same, byte for byte. Other files, such as PDF and videos, are not changed.

Source: JPEG (ITU T.81), Exif 2.32, PNG (W3C)
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from chatapp.client.files import heif_metadata, webp_metadata
from chatapp.client.files.exif import exif_of, orientation_of
from chatapp.client.files.file_pieces import PIECE_BYTES, FilePart, Malformed, Pieces, joined, whole
from chatapp.client.files.image_headers import JPEG_START, PNG_START

START_BYTES = 512  # by which the kind of a picture is known
_SCAN_BYTES = 1 << 20  # the most that is read at once of the pixels
_FIRST_SCAN_BYTES = 4096  # the same at first: a file may have many scans that end at once
_EXIF = b"Exif\0\0"
_PROFILE = b"ICC_PROFILE\0"
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # the next one after the pixels
_PNG_METADATA = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def pieces_without_metadata(file: BinaryIO) -> Pieces:
    """Return what to send of a file; all of it if it is no picture.

    Raises:
        Malformed: It is a picture that is damaged, so that it may have metadata anywhere.
        OSError: The file cannot be read.
    """
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(START_BYTES)
    try:
        if start.startswith(PNG_START):
            return joined(_png(file))
        if webp_metadata.is_webp(start):
            return joined(webp_metadata.kept_parts(file, size))
        if heif_metadata.is_heif(start):
            return joined(heif_metadata.kept_parts(file, size))
        if start.startswith(JPEG_START):
            return joined(_jpeg(file, size))
    except struct.error as error:
        raise Malformed from error
    return whole(size)


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
            raise Malformed
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
        raise Malformed
    return int(marker)


def _is_needed(marker: int, start: bytes) -> bool:
    """Return whether the picture looks different without this segment of a JPEG."""
    if marker == 0xFE or 0xE1 <= marker <= 0xEF:
        return marker == 0xEE or (marker == 0xE2 and start == _PROFILE)
    return True


def _end_of_pixels(file: BinaryIO, at: int, size: int) -> int:
    """Return where the next marker is after the pixels of a scan; the end of the file if there is none."""
    count = _FIRST_SCAN_BYTES
    while at < size:
        file.seek(at)
        data = file.read(count)
        count = min(2 * count, _SCAN_BYTES)
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
            raise Malformed
        if kind == b"IEND":
            return
        at = end


def _jpeg_orientation(exif: bytes) -> bytes:
    """Return a segment that says only how the camera was held; empty if it was upright."""
    kept = exif_of(orientation_of(exif))
    return b"\xff\xe1" + struct.pack(">H", len(_EXIF) + len(kept) + 2) + _EXIF + kept if kept else b""


def _png_orientation(exif: bytes) -> bytes:
    """Return a chunk that says only how the camera was held; empty if it was upright."""
    kept = exif_of(orientation_of(exif))
    if not kept:
        return b""
    return struct.pack(">I", len(kept)) + b"eXIf" + kept + struct.pack(">I", zlib.crc32(b"eXIf" + kept))
