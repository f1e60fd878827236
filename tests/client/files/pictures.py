"""Pictures for tests, with metadata."""

from __future__ import annotations

import struct
import zlib

PLACE = b"52.520008N 13.404954E"


def png(*extra: bytes, width: int = 3, height: int = 2, after: bytes = b"") -> bytes:
    """Return a PNG with further chunks before its pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x20\x40\x80" * width) * height)
    chunks = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + after


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(*extra: bytes, pixels: bytes = b"\x12\xff\x00\x34\xff\xd0\x56", after: bytes = b"") -> bytes:
    """Return the structure of a JPEG with further segments before its frame."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, 2, 3, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + pixels
    return (
        b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01") + b"".join(extra) + frame + scan + b"\xff\xd9" + after
    )


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def exif(orientation: int = 1, order: str = ">") -> bytes:
    """Return Exif with how the camera was held, its maker, and the place."""
    entries = [(0x010F, 2, len(PLACE), 38), (0x0112, 3, 1, orientation)]
    packed = b"".join(
        struct.pack(f"{order}HHI", *each[:3])
        + (struct.pack(f"{order}HH", each[3], 0) if each[1] == 3 else struct.pack(f"{order}I", each[3]))
        for each in entries
    )
    start = b"MM\0*" if order == ">" else b"II*\0"
    return start + struct.pack(f"{order}IH", 8, len(entries)) + packed + struct.pack(f"{order}I", 0) + PLACE
