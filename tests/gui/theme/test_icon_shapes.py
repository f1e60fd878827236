"""The icons: each fits its square, and is more than a speck."""

from __future__ import annotations

import unittest

from chatapp.gui.theme.icon_shapes import ICONS
from chatapp.gui.theme.shapes import coverage, scaled


class IconShapesTest(unittest.TestCase):
    def test_every_icon_fits_its_square_at_any_size(self) -> None:
        for name, shape in ICONS.items():
            for size in (16, 24, 32):
                rows = coverage(scaled(shape, size / 16), size, size)
                with self.subTest(icon=name, size=size):
                    corners = {rows[y][x] for y in (0, -1) for x in (0, -1)}
                    self.assertEqual(corners, {0})
                    self.assertGreater(sum(map(sum, rows)), 255 * 8)
