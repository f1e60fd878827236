"""Encodes pixels as PNG. Does not import tkinter.

Source: PNG specification, sections 5 and 11.
"""

from __future__ import annotations

import struct
import zlib

RGBA, PALETTE = 6, 3  # colour types
_TRANSPARENCY = bytes(range(256))


def from_rgba(width: int, height: int, rows: bytes) -> bytes:
    """Return a PNG of rows of red, green, blue and alpha, each row after a filter byte."""
    return _png(width, height, RGBA, (b"IDAT", zlib.compress(rows)))


def from_mask(width: int, height: int, colour: str, compressed: bytes) -> bytes:
    """Return a PNG in one colour, whose opacity is a mask.

    The pixels are indices into a palette that has the same colour 256 times, each time more opaque: another
    colour needs no work on the pixels.

    Args:
        compressed: Rows of opacities, each after a filter byte, as `zlib.compress` returns them.
    """
    palette = bytes.fromhex(colour[1:]) * 256
    return _png(width, height, PALETTE, (b"PLTE", palette), (b"tRNS", _TRANSPARENCY), (b"IDAT", compressed))


def _png(width: int, height: int, colour_type: int, *chunks: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)  # 8 bits a channel
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", header), *chunks, (b"IEND", b""))
    )
