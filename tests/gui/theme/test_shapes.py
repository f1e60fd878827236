"""Shapes as distances, and what they cover."""

from __future__ import annotations

import unittest

from chatapp.gui.theme import shapes
from chatapp.gui.theme.icon_shapes import ICONS
from chatapp.gui.theme.letter_shapes import PARTS
from chatapp.gui.theme.shapes import Shape, arc, box, difference, disc, intersection, polygon, rim, stroke


def inside(shape: Shape, *points: tuple[float, float]) -> list[bool]:
    """Return for each point whether it is inside of the shape."""
    return [shape(x, y) < 0 for x, y in points]


class ShapesTest(unittest.TestCase):
    def test_points_are_inside_or_outside(self) -> None:
        square = polygon((2, 2), (10, 2), (10, 10), (2, 10))
        for name, shape, within, without in (
            ("disc", disc(8, 8, 4), (8, 8), (12, 12)),
            ("box", box(0, 0, 8, 4, 2), (4, 2), (0.2, 0.2)),
            ("rim", rim(disc(8, 8, 4), 1), (8, 4.5), (8, 8)),
            ("stroke", stroke(2, (0, 0), (8, 0)), (4, 0.9), (4, 1.1)),
            ("polygon", square, (6, 6), (11, 6)),
            ("difference", difference(square, disc(6, 6, 2)), (3, 3), (6, 6)),
            ("intersection", intersection(square, disc(10, 6, 2)), (9, 6), (11, 6)),
        ):
            with self.subTest(name):
                self.assertEqual(inside(shape, within, without), [True, False])

    def test_an_arc_goes_clockwise_from_the_right(self) -> None:
        points = arc(8, 8, 4, 0, 180, 2)
        self.assertEqual([(round(x), round(y)) for x, y in points], [(12, 8), (8, 12), (4, 8)])

    def test_what_lies_in_whole_blocks_is_covered_as_if_each_pixel_were_computed(self) -> None:
        for name, shape in (ICONS | PARTS).items():
            for size in (13, 32):
                scaled = shapes.scaled(shape, size / 16)
                each = [
                    bytes(
                        round(min(max(0.5 - scaled(x + 0.5, y + 0.5), 0.0), 1.0) * 255) for x in range(size)
                    )
                    for y in range(size)
                ]
                with self.subTest(name, size=size):
                    self.assertEqual([bytes(row) for row in shapes.coverage(scaled, size, size)], each)
