"""PNG files, checked by taking their chunks apart."""

from __future__ import annotations

import struct
import unittest
import zlib

from chatapp.gui.theme import png


def chunks(data: bytes) -> dict[bytes, bytes]:
    """Return the chunks of a PNG by name; fail if a checksum is wrong."""
    found, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length)[0] == zlib.crc32(name + body)
        found[name] = body
        at += 12 + length
    return found


class PngTest(unittest.TestCase):
    def test_a_mask_becomes_one_colour_with_256_opacities(self) -> None:
        pixels = zlib.compress(b"\0\x00\xff\0\x80\x01")
        data = png.from_mask(2, 2, "#ff8000", pixels)
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        found = chunks(data)
        self.assertEqual(struct.unpack(">IIBBBBB", found[b"IHDR"]), (2, 2, 8, 3, 0, 0, 0))
        self.assertEqual(found[b"PLTE"], b"\xff\x80\x00" * 256)
        self.assertEqual(found[b"tRNS"], bytes(range(256)))
        self.assertEqual(found[b"IDAT"], pixels)

    def test_pixels_with_alpha_are_kept(self) -> None:
        rows = b"\0" + bytes((1, 2, 3, 4))
        found = chunks(png.from_rgba(1, 1, rows))
        self.assertEqual(struct.unpack(">IIBBBBB", found[b"IHDR"]), (1, 1, 8, 6, 0, 0, 0))
        self.assertEqual(zlib.decompress(found[b"IDAT"]), rows)

    def test_the_pixels_that_were_written_are_read(self) -> None:
        rows = b"\0" + bytes((1, 2, 3, 4, 5, 6, 7, 8)) + b"\0" + bytes(8)
        self.assertEqual(
            png.read_rgba(png.from_rgba(2, 2, rows)), [bytes((1, 2, 3, 4, 5, 6, 7, 8)), bytes(8)]
        )

    def test_other_pngs_are_not_read(self) -> None:
        for data in (
            png.from_rgba(1, 1, b"\1" + bytes(4)),
            png.from_mask(1, 1, "#ff8000", zlib.compress(b"\0\0")),
        ):
            with self.assertRaises(ValueError):
                png.read_rgba(data)
