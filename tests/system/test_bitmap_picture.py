"""Bitmaps of the clipboard of Windows become PNG pictures."""

from __future__ import annotations

import struct
import unittest
import zlib

from chatapp.system.bitmap_picture import png_of_bitmap

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
PIXELS = [[RED, GREEN, BLUE], [WHITE, RED, GREEN]]


def bitmap(bits: int = 32, compression: int = 0, top_first: bool = False, size: int = 40) -> bytes:
    """Return the bitmap of PIXELS."""
    rows = PIXELS if top_first else PIXELS[::-1]
    height = -len(PIXELS) if top_first else len(PIXELS)
    header = struct.pack("<IiiHHIIiiII", size, 3, height, 1, bits, compression, 0, 0, 0, 0, 0)
    masks = struct.pack("<3I", 0xFF0000, 0xFF00, 0xFF) if compression == 3 else b""
    extra = bytes(size - 40 - (len(masks) if size > 40 else 0))
    body = b""
    for row in rows:
        line = b"".join(bytes(pixel[::-1]) + bytes(bits // 8 - 3) for pixel in row)
        body += line + bytes(-len(line) % 4)
    return header + masks + extra + body


def pixels(png: bytes) -> list[list[tuple[int, ...]]]:
    """Return the pixels of a PNG without filters."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    start = png.index(b"IDAT") + 4
    raw = zlib.decompress(png[start : png.index(b"IEND") - 8])
    lines = [raw[row * (1 + 3 * width) + 1 :][: 3 * width] for row in range(height)]
    return [[tuple(line[at : at + 3]) for at in range(0, len(line), 3)] for line in lines]


class BitmapTest(unittest.TestCase):
    def test_the_kinds_of_screenshots(self) -> None:
        for made in (
            bitmap(24),
            bitmap(32),
            bitmap(32, compression=3),
            bitmap(32, compression=3, size=124),
            bitmap(24, top_first=True),
        ):
            with self.subTest(made[:20]):
                self.assertEqual(pixels(png_of_bitmap(made)), PIXELS)

    def test_other_kinds_and_damaged_ones_give_nothing(self) -> None:
        huge = struct.pack("<IiiHHIIiiII", 40, 2**30, 2**30, 1, 32, 0, 0, 0, 0, 0, 0)
        strange = bitmap(32, compression=3).replace(struct.pack("<I", 0xFF0000), struct.pack("<I", 0xF800))
        for made in (b"", b"x" * 10, bitmap(24)[:-4], bitmap(32, compression=1), huge, strange):
            with self.subTest(made[:20]):
                self.assertEqual(png_of_bitmap(made), b"")
