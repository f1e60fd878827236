"""Pictures are recognised by their start."""

from __future__ import annotations

import struct
import unittest
from io import BytesIO

from chatapp.client.files.image_headers import ImageHeader, image_header
from tests.client.files.pictures import exif, jpeg, png, segment

GIF = b"GIF89a" + struct.pack("<HH", 5, 6)
WEBP = b"RIFF\x00\x00\x00\x00WEBP"


class ImageHeaders(unittest.TestCase):
    def test_the_start_tells_the_kind_and_the_size(self) -> None:
        lossless = (300 - 1) | (200 - 1) << 14
        table = {
            png(): ("image/png", 3, 2),
            b"GIF89a" + struct.pack("<HH", 300, 200) + bytes(20): ("image/gif", 300, 200),
            b"GIF87a" + struct.pack("<HH", 1, 2) + bytes(20): ("image/gif", 1, 2),
            GIF + bytes(3) + b",\0\0\0\0" + struct.pack("<HH", 3, 9): ("image/gif", 5, 9),
            GIF
            + b"\x81\0\0"
            + b"," * 12
            + b"!\xf9\x02,,\x01,\0\0"
            + b","
            + bytes(4)
            + struct.pack("<HH", 7, 1): (
                "image/gif",
                7,
                6,
            ),
            jpeg(segment(0xE1, b"Exif\0\0" + exif())): ("image/jpeg", 3, 2),
            b"\xff\xd8\xff" + jpeg()[2:]: ("image/jpeg", 3, 2),
            WEBP + b"VP8X" + bytes(8) + b"\x2b\x01\x00\xc7\x00\x00" + bytes(4): ("image/webp", 300, 200),
            WEBP + b"VP8L" + bytes(5) + struct.pack("<I", lossless) + bytes(8): ("image/webp", 300, 200),
            WEBP + b"VP8 " + bytes(10) + struct.pack("<HH", 300, 200) + bytes(8): ("image/webp", 300, 200),
        }
        for data, expected in table.items():
            with self.subTest(expected):
                self.assertEqual(ImageHeader(*expected), image_header(BytesIO(data)))

    def test_anything_else_is_no_picture(self) -> None:
        for data in (
            b"",
            b"text",
            png()[:20],
            b"GIF89a\x00",
            GIF + b"x" * 5000,
            b"\xff\xd8",
            b"\xff\xd8text",
            b"\xff\xd8" + segment(0xE0, b"")[:3],
            b"\xff\xd8" + b"\xff\xe0\x00\x00" * 2000,
            WEBP + b"ABCD" + bytes(20),
            WEBP + b"VP8L",
        ):
            with self.subTest(data[:20]):
                self.assertIsNone(image_header(BytesIO(data)))
