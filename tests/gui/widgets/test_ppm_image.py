"""A PPM becomes an image piece by piece."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.ppm_image import PIECE_PIXELS, PpmImage
from tests.gui.base import WindowTest


class PpmImageTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.made: list[tk.PhotoImage | None] = []
        self.maker = PpmImage(self.root)

    def test_a_large_one_takes_several_pieces(self) -> None:
        width, height = 1000, 2 * PIECE_PIXELS // 1000 + 7
        rows = (b"\xff\x00\x00" * width, b"\x00\x00\xff" * width)
        pixels = b"".join(rows[row % 2] for row in range(height))
        self.maker.make(b"P6\n%d %d\n255\n" % (width, height) + pixels, self.made.append)
        self.assertEqual([], self.made)
        self.until(lambda: bool(self.made))
        (image,) = self.made
        assert image is not None
        self.assertEqual((width, height), (image.width(), image.height()))
        for row in (0, height // 2, height - 2):
            self.assertEqual((255, 0, 0) if row % 2 == 0 else (0, 0, 255), image.get(width - 1, row)[:3])

    def test_a_small_one_is_there_at_once(self) -> None:
        self.maker.make(b"P6 1 2 255\n" + b"\x10\x20\x30" * 2, self.made.append)
        (image,) = self.made
        assert image is not None
        self.assertEqual((16, 32, 48), image.get(0, 1)[:3])

    def test_a_damaged_one_is_none(self) -> None:
        for data in (
            b"",
            b"P6 2 2 255\n123",
            b"P5 1 1 255\nx",
            b"P6 0 2 255\n",
            b"P6 1 1 65535\n" + bytes(9),
        ):
            with self.subTest(data):
                self.made.clear()
                self.maker.make(data, self.made.append)
                self.assertEqual([None], self.made)

    def test_another_one_ends_the_one_before(self) -> None:
        self.maker.make(b"P6 1000 700 255\n" + bytes(2_100_000), self.made.append)
        self.maker.make(b"P6 1 1 255\nabc", self.made.append)
        self.settle()
        self.assertEqual([1], [image.width() for image in self.made if image])
