"""Encodes pixels as PNG, and reads the PNG that Tk writes. Does not import tkinter.

Source: PNG specification, sections 5 and 11.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

RGB, RGBA, PALETTE = 2, 6, 3  # colour types
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


def read_rgba(data: bytes) -> list[bytes]:
    """Return the rows of a picture as red, green, blue and alpha of each pixel.

    Args:
        data: A PNG as Tk 8.6 writes it: 8 bits a channel, in colour, neither filtered nor interlaced.

    Raises:
        ValueError: It is another one.
    """
    width, height, depth, colour_type, _compression, _filter, interlace = struct.unpack(
        ">IIBBBBB", data[16:29]
    )
    if depth != 8 or colour_type not in (RGB, RGBA) or interlace:
        raise ValueError("not a PNG of Tk")
    pixels = zlib.decompress(b"".join(body for name, body in _chunks(data) if name == b"IDAT"))
    step = 4 if colour_type == RGBA else 3
    length = 1 + width * step
    rows = [pixels[start : start + length] for start in range(0, height * length, length)]
    if any(row[0] for row in rows):
        raise ValueError("a filtered PNG")
    if colour_type == RGBA:
        return [row[1:] for row in rows]
    return [b"".join(row[at : at + 3] + b"\xff" for at in range(1, length, 3)) for row in rows]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8  # after the signature
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12


def _png(width: int, height: int, colour_type: int, *chunks: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)  # 8 bits a channel
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", header), *chunks, (b"IEND", b""))
    )
