"""Of Exif only how the camera was held is read and kept."""

from __future__ import annotations

import unittest

from chatapp.client.files.exif import UPRIGHT, exif_of, orientation_of
from tests.client.files.pictures import exif


class ExifTest(unittest.TestCase):
    def test_it_is_read_in_both_orders_of_bytes(self) -> None:
        for order in "<>":
            for held in range(1, 9):
                with self.subTest(order=order, held=held):
                    self.assertEqual(held, orientation_of(exif(held, order)))

    def test_what_is_kept_says_the_same(self) -> None:
        self.assertEqual([*range(2, 9)], [orientation_of(exif_of(held)) for held in range(2, 9)])
        self.assertEqual(b"", exif_of(UPRIGHT))

    def test_nonsense_is_upright(self) -> None:
        for data in (b"", b"II*\0", exif(9), exif()[:20], b"II*\0\xff\xff\xff\xff"):
            with self.subTest(data):
                self.assertEqual(UPRIGHT, orientation_of(data))
