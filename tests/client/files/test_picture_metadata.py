"""Pictures are sent without what tells too much about them."""

from __future__ import annotations

import unittest
from contextlib import suppress
from io import BytesIO

from chatapp.client.files.file_pieces import Malformed, read_pieces, size_of
from chatapp.client.files.picture_metadata import pieces_without_metadata
from tests.client.files.pictures import PLACE, chunk, exif, jpeg, png, segment


def cleaned(data: bytes) -> bytes:
    """Return what is sent of a file."""
    file = BytesIO(data)
    pieces = pieces_without_metadata(file)
    sent = b"".join(read_pieces(file, pieces))
    assert size_of(pieces) == len(sent)
    return sent


class Jpeg(unittest.TestCase):
    def test_metadata_of_every_kind_goes(self) -> None:
        data = jpeg(
            segment(0xE1, b"Exif\0\0" + exif()),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE),
            segment(0xE2, b"MPF\0" + PLACE),
            segment(0xED, b"Photoshop 3.0\0" + PLACE),
            segment(0xFE, PLACE),
        )
        self.assertIn(PLACE, data)
        self.assertEqual(jpeg(), cleaned(data))

    def test_what_the_picture_needs_is_kept(self) -> None:
        data = jpeg(
            segment(0xE2, b"ICC_PROFILE\0\x01\x01profile"), segment(0xEE, b"Adobe"), segment(0xDB, b"x")
        )
        self.assertEqual(data, cleaned(data))

    def test_how_the_camera_was_held_is_kept(self) -> None:
        for order in "<>":
            with self.subTest(order):
                sent = cleaned(jpeg(segment(0xE1, b"Exif\0\0" + exif(6, order))))
                self.assertNotIn(PLACE, sent)
                tail = b"\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
                kept = segment(0xE1, b"Exif\0\0MM\x00*\x00\x00\x00\x08" + tail)
                self.assertEqual(jpeg(kept), sent)
                self.assertEqual(sent, cleaned(sent))

    def test_what_follows_the_picture_goes(self) -> None:
        self.assertEqual(jpeg(), cleaned(jpeg(after=jpeg(segment(0xE1, b"Exif\0\0" + exif())))))

    def test_a_marker_is_found_wherever_the_pixels_end(self) -> None:
        for count in (10, (1 << 20) - 14, (1 << 20) - 13, (1 << 20) - 12, (1 << 21) + 5):
            with self.subTest(count):
                pixels = b"\x55" * count
                further = segment(0xFE, PLACE) + segment(0xC4, b"table") + segment(0xDA, b"\x00") + b"\x66"
                without = further.replace(segment(0xFE, PLACE), b"")
                self.assertEqual(
                    jpeg(pixels=pixels + without), cleaned(jpeg(pixels=pixels + further, after=PLACE))
                )

    def test_one_that_is_cut_off_is_sent_as_far_as_it_goes(self) -> None:
        whole = jpeg(segment(0xFE, PLACE))
        self.assertEqual(jpeg()[:-2], cleaned(whole[:-2]))

    def test_a_broken_one_is_refused(self) -> None:
        for data in (
            b"\xff\xd8",
            b"\xff\xd8\xff\xe1\x00\x01",
            b"\xff\xd8\xff\xe1\xff\xff short",
            b"\xff\xd8 no marker",
        ):
            with self.subTest(data), self.assertRaises(Malformed):
                cleaned(data)


class Png(unittest.TestCase):
    def test_metadata_of_every_kind_goes(self) -> None:
        kinds = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
        data = png(*(chunk(kind, PLACE) for kind in kinds), after=PLACE)
        self.assertEqual(png(), cleaned(data))

    def test_what_the_picture_needs_is_kept(self) -> None:
        data = png(chunk(b"iCCP", b"profile"), chunk(b"tRNS", b"\0"), chunk(b"acTL", b"animation"))
        self.assertEqual(data, cleaned(data))

    def test_how_the_camera_was_held_is_kept(self) -> None:
        sent = cleaned(png(chunk(b"eXIf", exif(3))))
        self.assertNotIn(PLACE, sent)
        self.assertEqual(sent, cleaned(sent))
        self.assertGreater(len(sent), len(png()))

    def test_a_broken_one_is_refused(self) -> None:
        for data in (png()[:-6], png()[:30], b"\x89PNG\r\n\x1a\n"):
            with self.subTest(len(data)), self.assertRaises(Malformed):
                cleaned(data)


class Others(unittest.TestCase):
    def test_other_files_are_sent_as_they_are(self) -> None:
        for data in (b"", b"%PDF-1.7 " + PLACE, b"x" * 200_000):
            with self.subTest(data[:10]):
                self.assertEqual(data, cleaned(data))

    def test_random_bytes_do_no_harm(self) -> None:
        for number in range(2000):
            noise = bytes((number * at * 7 + at) % 256 for at in range(number % 60))
            for start in (
                b"\xff\xd8\xff",
                b"\x89PNG\r\n\x1a\n",
                b"RIFF\x20\0\0\0WEBP",
                b"\0\0\0\x0cftypheic",
            ):
                with suppress(Malformed):
                    self.assertTrue(cleaned(start + noise).startswith(start[:2]))
