"""Finds out from the start of a file whether it is a picture, and how large: PNG, GIF, JPEG and WebP.

Source: PNG (W3C), GIF89a, JPEG (ITU T.81), RFC 9649 (WebP)
"""

from __future__ import annotations

import struct
from typing import BinaryIO, NamedTuple

PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8"

_MOST_SEGMENTS = 1000  # of a JPEG, so that a strange file costs no time
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # segments of a JPEG with its size
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers of a JPEG without a segment


class ImageHeader(NamedTuple):
    """What the start of a picture says about it, in pixels."""

    media_type: str
    width: int
    height: int


def image_header(file: BinaryIO) -> ImageHeader | None:
    """Read the header of a picture, from the start of a file; None if it is no picture.

    Raises:
        OSError: The file cannot be read.
    """
    file.seek(0)
    start = file.read(32)
    try:
        if start.startswith(PNG_START) and start[12:16] == b"IHDR":
            return ImageHeader("image/png", *struct.unpack(">II", start[16:24]))
        if start[:6] in (b"GIF87a", b"GIF89a"):
            return _gif(file)
        if start.startswith(JPEG_START):
            return _jpeg(file)
        if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
            return _webp(start)
    except struct.error:  # it ends too early
        pass
    return None


def _gif(file: BinaryIO) -> ImageHeader | None:
    """Read the size of the first frame too: it may be larger than the picture, and is decoded as a whole."""
    file.seek(6)
    width, height = struct.unpack("<HH", file.read(4))
    packed = file.read(3)[:1]
    if packed >= b"\x80":
        file.seek(3 << (packed[0] & 0x07) + 1, 1)  # the colours
    for _ in range(_MOST_SEGMENTS):
        kind = file.read(1)
        if kind == b",":
            frame_width, frame_height = struct.unpack("<4xHH", file.read(8))
            return ImageHeader("image/gif", max(width, frame_width), max(height, frame_height))
        if kind in (b"", b";"):
            return ImageHeader("image/gif", width, height)
        if kind == b"!":
            _skip_gif_extension(file)
    return None


def _skip_gif_extension(file: BinaryIO) -> None:
    file.seek(1, 1)
    while size := int.from_bytes(file.read(1)):
        file.seek(size, 1)


def _jpeg(file: BinaryIO) -> ImageHeader | None:
    file.seek(2)
    for _ in range(_MOST_SEGMENTS):
        lead, marker = struct.unpack(">BB", file.read(2))
        if lead != 0xFF:
            return None
        if marker == 0xFF:
            file.seek(-1, 1)
        elif marker in _FRAMES:
            height, width = struct.unpack(">3xHH", file.read(7))
            return ImageHeader("image/jpeg", width, height)
        elif marker not in _ALONE:
            (size,) = struct.unpack(">H", file.read(2))
            file.seek(max(0, size - 2), 1)
    return None


def _webp(start: bytes) -> ImageHeader | None:
    match start[12:16]:
        case b"VP8X":
            width, height = (int.from_bytes(start[at : at + 3], "little") + 1 for at in (24, 27))
        case b"VP8L":
            (bits,) = struct.unpack("<I", start[21:25])
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = (size & 0x3FFF for size in struct.unpack("<HH", start[26:30]))
        case _:
            return None
    return ImageHeader("image/webp", width, height)
