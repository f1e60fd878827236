"""Pictures in several colours, drawn as PNG."""

from __future__ import annotations

import struct
import unittest
import zlib

from chatapp.gui.theme import icons
from chatapp.gui.theme.shapes import disc


def pixels(png: bytes) -> list[list[tuple[int, int, int, int]]]:
    """Return red, green, blue and alpha of each pixel of a PNG made by `icons`."""
    width, height = struct.unpack(">II", png[16:24])
    at = png.index(b"IDAT")
    rows = zlib.decompress(png[at + 4 : at + 4 + struct.unpack(">I", png[at - 4 : at])[0]])
    step = 1 + 4 * width
    return [[(*rows[y * step + 1 + 4 * x :][:4],) for x in range(width)] for y in range(height)]


def disc_of(colour: str, size: int) -> list[list[tuple[int, int, int, int]]]:
    """Return the pixels of a disc that leaves two of sixteen parts free at each side."""
    return pixels(icons.paint(size, size, *icons.sized(size, [(disc(8, 8, 6), colour)])))


class IconTest(unittest.TestCase):
    def test_a_disc_is_opaque_in_the_middle_and_transparent_in_the_corners(self) -> None:
        drawn = disc_of("#5fd38d", 16)
        self.assertEqual(drawn[8][8], (0x5F, 0xD3, 0x8D, 255))
        self.assertEqual(drawn[0][0][3], 0)

    def test_edges_are_smooth(self) -> None:
        self.assertGreater(len({pixel[3] for row in disc_of("#ffffff", 16) for pixel in row}), 5)

    def test_a_later_layer_covers_an_earlier_one(self) -> None:
        layers = [(disc(8, 8, 6), "#ff0000"), (disc(8, 8, 3), "#0000ff")]
        drawn = pixels(icons.paint(16, 16, *layers))
        self.assertEqual([drawn[8][x] for x in (8, 3)], [(0, 0, 255, 255), (255, 0, 0, 255)])

    def test_a_badge_on_the_application_icon_is_red_with_a_white_number(self) -> None:
        plain = pixels(icons.app_icon(64))
        for count in ("1", "8", "9+"):
            with self.subTest(count):
                drawn = pixels(icons.app_icon(64, count))
                self.assertEqual(drawn[58][44], (0xD9, 0x2D, 0x3A, 255))
                inside = {drawn[y][x] for y in range(34, 54) for x in range(34, 54)}
                self.assertIn((255, 255, 255, 255), inside)
                self.assertEqual(drawn[4][20], plain[4][20])

    def test_the_application_icon_is_a_bubble_on_a_blue_tile(self) -> None:
        drawn = pixels(icons.app_icon(64))
        self.assertEqual(drawn[0][0][3], 0)
        self.assertEqual(drawn[60][32], (0x2F, 0x6F, 0xE0, 255))
        self.assertEqual(drawn[29][32], (255, 255, 255, 255))
