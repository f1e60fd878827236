"""Makes a PNG of a bitmap as the clipboard of Windows has it (a DIB).

Source: BITMAPINFOHEADER (Windows GDI); PNG (W3C) section 11
"""

from __future__ import annotations

import struct
import zlib

MOST_PIXELS = 100_000_000

_HEADER = struct.Struct("<IiiHHIIiiII")
_RGB, _BITFIELDS = 0, 3
_USUAL_MASKS = (0xFF0000, 0xFF00, 0xFF)  # of red, green, blue


def png_of_bitmap(data: bytes) -> bytes:
    """Return the PNG of a bitmap with 24 or 32 bits a pixel; empty if it is another kind, or damaged."""
    try:
        size, width, height, _planes, bits, compression, *_rest = _HEADER.unpack_from(data)
        if compression == _BITFIELDS and struct.unpack_from("<3I", data, _HEADER.size) != _USUAL_MASKS:
            return b""
    except struct.error:
        return b""
    if bits not in (24, 32) or compression not in (_RGB, _BITFIELDS) or size < _HEADER.size:
        return b""
    start = size + (12 if compression == _BITFIELDS and size == _HEADER.size else 0)
    rows, stride = abs(height), (width * bits + 31) // 32 * 4
    if width <= 0 or not rows or width * rows > MOST_PIXELS or len(data) < start + stride * rows:
        return b""
    order = range(rows) if height < 0 else range(rows - 1, -1, -1)  # usually the lowest row comes first
    lines = (
        _scanline(data[start + stride * row : start + stride * (row + 1)], width, bits // 8) for row in order
    )
    header = struct.pack(">IIBBBBB", width, rows, 8, 2, 0, 0, 0)
    packed = zlib.compressobj(6)
    body = b"".join([*map(packed.compress, lines), packed.flush()])
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (_chunk(b"IHDR", header), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    )


def _scanline(row: bytes, width: int, step: int) -> bytes:
    """Return a row of a PNG, red first, of one that begins with blue. A fourth byte is not transparency."""
    line = bytearray(1 + 3 * width)
    for place, colour in enumerate((2, 1, 0)):
        line[1 + place :: 3] = row[colour : step * width : step]
    return bytes(line)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
