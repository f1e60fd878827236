"""Thumbnails are small PNG pictures."""

from __future__ import annotations

import unittest

from chatapp.server.net.thumbnails import HEAD_BYTES, is_small_png, size_of


def png_head(width: int, height: int) -> bytes:
    """Return the first bytes of a PNG picture."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\x06\0\0\0"


class Thumbnails(unittest.TestCase):
    def test_the_size_in_the_head_decides(self) -> None:
        cases = {
            (1, 1): True, (640, 400): True, (641, 400): False, (640, 401): False, (0, 1): False,
            (1, 0): False, (2**31, 1): False,
        }  # fmt: skip
        for (width, height), expected in cases.items():
            with self.subTest(width=width, height=height):
                self.assertIs(is_small_png(png_head(width, height)), expected)

    def test_the_size_is_read_from_the_head(self) -> None:
        self.assertEqual((640, 400), size_of(png_head(640, 400)))
        self.assertIsNone(size_of(png_head(641, 400)))

    def test_other_files_are_no_thumbnails(self) -> None:
        picture = png_head(10, 10)
        for head in (
            b"",
            picture[: HEAD_BYTES - 1],
            b"GIF89a" + bytes(40),
            picture.replace(b"IHDR", b"CgBI"),
            b"x" + picture,
        ):
            with self.subTest(head=head):
                self.assertFalse(is_small_png(head))
