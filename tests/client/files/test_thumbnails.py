"""The thumbnails that the sender of a picture makes."""

from __future__ import annotations

import struct
import tempfile
import unittest
from pathlib import Path

from chatapp.client.files.thumbnails import MOST_BYTES, SmallPictures, is_picture, make_thumbnails


def png(width: int, height: int, size: int = 100) -> bytes:
    """Return the start of a PNG, filled up to a number of bytes."""
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, height)
    return header + bytes(max(size - len(header), 0))


class ThumbnailsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.asked: list[tuple[str, int, int, int]] = []
        self.bytes_per_pixel = 0.1

    def convert(self, source: Path, media_type: str, width: int, height: int, colours: int) -> bytes:
        self.asked.append((media_type, width, height, colours))
        return png(width, height, int(width * height * self.bytes_per_pixel * (0.35 if colours else 1)))

    def test_a_picture_gets_a_thumbnail_and_a_smaller_one(self) -> None:
        made = make_thumbnails(png(3000, 2000), [self.convert], 28)
        self.assertEqual((made.shared, made.row), (png(640, 400, 25600), png(28, 28, 78)))
        self.assertEqual(self.asked, [("image/png", 640, 400, 0), ("image/png", 28, 28, 0)])

    def test_it_is_as_large_as_the_limit_allows(self) -> None:
        self.bytes_per_pixel = 1.6
        made = make_thumbnails(png(3000, 2000), [self.convert], 28)
        self.assertLessEqual(len(made.shared), MOST_BYTES)
        self.assertEqual(struct.unpack(">II", made.shared[16:24]), (400, 250))
        self.assertLessEqual(len(self.asked), 4)

    def test_what_no_step_makes_small_enough_has_none(self) -> None:
        self.bytes_per_pixel = 100
        self.assertEqual(make_thumbnails(png(3000, 2000), [self.convert], 28).shared, b"")

    def test_the_next_program_is_tried(self) -> None:
        for failing in (b"", b"no picture", png(700, 400)):
            with self.subTest(failing[:8]):
                made = make_thumbnails(
                    png(30, 20), [lambda *options, failing=failing: failing, self.convert], 28
                )
                self.assertTrue(made.shared)
        self.assertEqual(make_thumbnails(png(30, 20), [], 28), SmallPictures())

    def test_only_pictures_of_a_reasonable_size_are_opened(self) -> None:
        for source in (b"text", png(30_000, 20_000), Path("/no/such/file")):
            with self.subTest(source):
                self.assertEqual(make_thumbnails(source, [self.convert], 28), SmallPictures())
        self.assertEqual(self.asked, [])
        self.assertTrue(is_picture(b"GIF89a" + struct.pack("<HH", 3, 2)))

    def test_a_file_is_read_where_it_is(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "board.png"
            path.write_bytes(png(30, 20))
            sources: list[Path] = []

            def convert(source: Path, *options: object) -> bytes:
                sources.append(source)
                return png(30, 20)

            make_thumbnails(path, [convert], 28)
            self.assertEqual(sources[0], path)
