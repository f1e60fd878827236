"""WebP pictures are sent without metadata."""

from __future__ import annotations

import struct
import unittest

from chatapp.client.files.file_pieces import Malformed
from chatapp.client.files.webp_metadata import is_webp
from tests.client.files.pictures import PLACE, exif, riff_chunk, webp
from tests.client.files.test_picture_metadata import cleaned


class WebpTest(unittest.TestCase):
    def test_metadata_of_every_kind_goes(self) -> None:
        data = webp(
            riff_chunk(b"EXIF", exif()), riff_chunk(b"XMP ", PLACE), riff_chunk(b"note", PLACE), flags=0x1C,
            after=PLACE,
        )  # fmt: skip
        self.assertIn(PLACE, data)
        self.assertEqual(webp(), cleaned(data))

    def test_what_the_picture_needs_is_kept(self) -> None:
        chunks = (b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ")
        data = webp(*(riff_chunk(kind, b"needed") for kind in chunks), flags=0x32)
        self.assertEqual(data, cleaned(data))

    def test_how_the_camera_was_held_is_kept(self) -> None:
        for start in (b"", b"Exif\0\0"):
            with self.subTest(start):
                sent = cleaned(webp(riff_chunk(b"EXIF", start + exif(6)), flags=0x18))
                self.assertNotIn(PLACE, sent)
                self.assertEqual(0x18, sent[20])
                self.assertIn(b"EXIF", sent)
                self.assertEqual(len(sent), struct.unpack("<I", sent[4:8])[0] + 8)
                self.assertEqual(sent, cleaned(sent))

    def test_the_last_chunk_may_lack_its_padding(self) -> None:
        padded = webp(riff_chunk(b"EXIF", exif(6)), riff_chunk(b"XMP ", PLACE))
        body = padded[8:-1]
        self.assertEqual(cleaned(padded), cleaned(b"RIFF" + len(body).to_bytes(4, "little") + body))

    def test_a_simple_one_is_the_same(self) -> None:
        body = b"WEBP" + riff_chunk(b"VP8 ", b"odd")
        data = b"RIFF" + struct.pack("<I", len(body)) + body
        self.assertEqual(data, cleaned(data))

    def test_a_broken_one_is_refused(self) -> None:
        short = webp(riff_chunk(b"EXIF", exif()))[:-9]
        too_long = webp().replace(b"VP8L\x0b", b"VP8L\xff")
        for data in (short, too_long, b"RIFF\x04\0\0\0WEBP", webp(flags=0)[:25]):
            with self.subTest(data), self.assertRaises(Malformed):
                cleaned(data)

    def test_other_files_of_the_same_container_are_none(self) -> None:
        self.assertTrue(is_webp(webp()[:12]))
        self.assertFalse(is_webp(b"RIFF\0\0\0\0WAVE"))
        self.assertFalse(is_webp(b"RIFF"))
