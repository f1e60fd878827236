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


def webp(*extra: bytes, flags: int = 0x10, after: bytes = b"") -> bytes:
    """Return a WebP with further chunks behind its pixels."""
    head = riff_chunk(b"VP8X", bytes((flags, 0, 0, 0)) + b"\x02\0\0\x01\0\0")
    body = b"WEBP" + head + riff_chunk(b"VP8L", b"\x2f\x02\x40\0\0pixels") + b"".join(extra)
    return b"RIFF" + struct.pack("<I", len(body)) + body + after


def riff_chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def heic(items: dict[bytes, bytes], version: int = 1, in_idat: bool = False, brand: bytes = b"heic") -> bytes:
    """Return the structure of a HEIC: items by their kinds, numbered from 1.

    Args:
        version: Of the box that says where they are.
        in_idat: Whether they are beside it, and not at the end of the file.
    """
    wide = "I" if version == 2 else "H"
    entries = [
        box(b"infe", b"\2\0\0\0" + struct.pack(">HH", number, 0) + kind + b"\0")
        for number, kind in enumerate(items, 1)
    ]
    start = box(b"ftyp", brand + b"\0\0\0\0" + brand)

    def meta(offset: int) -> bytes:
        places = b""
        for number, data in enumerate(items.values(), 1):
            places += struct.pack(f">{wide}", number)
            places += struct.pack(">H", int(in_idat)) if version else b""
            places += struct.pack(">HHII", 0, 1, offset, len(data))
            offset += len(data)
        count = struct.pack(f">{wide}", len(items))
        return box(
            b"meta",
            b"\0\0\0\0"
            + box(b"iinf", b"\0\0\0\0" + struct.pack(">H", len(items)) + b"".join(entries))
            + box(b"iloc", bytes((version, 0, 0, 0, 0x44, 0)) + count + places)
            + (box(b"idat", b"".join(items.values())) if in_idat else b""),
        )

    if in_idat:
        return start + meta(0)
    return start + meta(len(start) + len(meta(0)) + 8) + box(b"mdat", b"".join(items.values()))


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data
