"""Images for Tk: parts, stacks, and boxes with round corners."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.pictures import BoxLayer, Pictures
from tests.gui.base import WindowTest

RED, BLUE, WHITE = "#ff0000", "#0000ff", "#ffffff"


class PicturesTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pictures = Pictures(self.root)

    def colour(self, image: tk.PhotoImage, x: int, y: int) -> str:
        """Return the colour of a pixel, "" where it is transparent."""
        if image.transparency_get(x, y):
            return ""
        red, green, blue = image.get(x, y)
        return f"#{red:02x}{green:02x}{blue:02x}"

    def test_a_part_is_one_image_for_each_colour_and_size(self) -> None:
        part = self.pictures.part("bell", RED, 16)
        self.assertIs(self.pictures.part("bell", RED, 16), part)
        self.assertIsNot(self.pictures.part("bell", BLUE, 16), part)
        self.assertEqual(self.pictures.part("bell", RED, 24).width(), 24)

    def test_a_part_can_stand_in_the_middle_of_a_larger_square(self) -> None:
        image = self.pictures.centred("disc", RED, 16, 28)
        self.assertIs(self.pictures.centred("disc", RED, 16, 28), image)
        self.assertEqual((image.width(), image.height()), (28, 28))
        self.assertEqual([self.colour(image, x, 14) for x in (7, 14, 20)], ["", RED, ""])

    def test_later_parts_of_a_stack_cover_earlier_ones(self) -> None:
        image = self.pictures.stack(16, ("radio", BLUE), ("radio-dot", RED))
        self.assertEqual([self.colour(image, x, 8) for x in (8, 2)], [RED, BLUE])

    def test_a_box_of_any_size_has_round_corners_a_border_and_a_fill(self) -> None:
        layers = (BoxLayer(BLUE), BoxLayer(RED, line=1))
        for width, height, radius in (
            (100, 40, 6),
            (101, 33, 8),
            (28, 28, 14),
            (24, 24, 12),
            (9, 90, 4),
            (60, 21, 10),
        ):
            with self.subTest(width=width, height=height):
                image = self.pictures.box(width, height, radius, *layers)
                self.assertEqual((image.width(), image.height()), (width, height))
                for x, y in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)):
                    self.assertEqual(self.colour(image, x, y), "")
                edges = (
                    (width // 2, 0),
                    (width // 2, height - 1),
                    (0, height // 2),
                    (width - 1, height // 2),
                )
                for x, y in edges:
                    self.assertGreater(image.get(x, y)[0], 240)  # a circle covers these pixels not quite
                self.assertEqual(self.colour(image, width // 2, height // 2), BLUE)

    def test_a_ring_inside_the_border_and_no_fill(self) -> None:
        image = self.pictures.box(40, 40, 8, BoxLayer(RED, line=2), BoxLayer(WHITE, inset=2, line=1))
        self.assertEqual([self.colour(image, 20, y) for y in (0, 1, 2, 3)], [RED, RED, WHITE, ""])

    def test_a_box_without_size_is_one_pixel(self) -> None:
        image = self.pictures.box(0, -5, 6, BoxLayer(BLUE))
        self.assertEqual((image.width(), image.height()), (1, 1))
