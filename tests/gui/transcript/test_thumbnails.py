"""Thumbnails are decoded one after the other, and have round corners."""

from __future__ import annotations

import tkinter as tk
from functools import partial
from unittest import mock

from chatapp.gui.theme import png
from chatapp.gui.transcript import thumbnails
from chatapp.gui.transcript.shown_files import ShownSize
from chatapp.gui.transcript.thumbnails import Thumbnails, round_corners
from tests.gui.base import WindowTest
from tests.gui.transcript.files import card, picture


class ThumbnailsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.changed: list[set[str]] = []
        self.frame = tk.Frame(self.root)
        self.addCleanup(self.frame.destroy)
        self.thumbnails = Thumbnails(self.frame, self.theme, self.changed.append)

    def is_here(self, file_id: str) -> bool:
        return self.thumbnails.image(file_id) is not None

    def test_a_thumbnail_is_decoded_and_made_smaller(self) -> None:
        shown = card("a.png", thumbnail=picture(64, 40))
        self.thumbnails.want(shown, ShownSize(32, 20, 2))
        self.until(lambda: bool(self.changed))
        image = self.thumbnails.image(shown.id)
        assert image is not None
        self.assertEqual((image.width(), image.height()), (32, 20))
        self.assertEqual(self.changed, [{shown.id}])

    def test_one_that_cannot_be_decoded_is_tried_once(self) -> None:
        shown = card("a.png", thumbnail=picture(64, 40)[:50])
        good = card("b.png", 2, thumbnail=picture(64, 40))
        for _ in range(2):
            self.thumbnails.want(shown, ShownSize(64, 40, 1))
        self.thumbnails.want(good, ShownSize(64, 40, 1))
        self.until(lambda: self.thumbnails.image(good.id) is not None)
        self.until(lambda: not self.thumbnails._waiting)
        self.assertIsNone(self.thumbnails.image(shown.id))

    def test_those_out_of_sight_for_long_are_dropped(self) -> None:
        first, second = (card("a.png", number, thumbnail=picture(64, 40)) for number in (1, 2))
        with mock.patch.object(thumbnails, "KEPT_PIXELS", 64 * 40 + 1):
            for each in (first, second):
                self.thumbnails.want(each, ShownSize(64, 40, 1))
                self.until(partial(self.is_here, each.id))
        self.assertIsNone(self.thumbnails.image(first.id))
        self.assertIn({first.id}, self.changed[1:])

    def test_the_corners_are_round_and_transparent(self) -> None:
        image = tk.PhotoImage(master=self.root, data=picture(30, 20), format="png")
        round_corners(image, 8)
        for x, y in ((0, 0), (29, 0), (0, 19), (29, 19)):
            self.assertTrue(image.transparency_get(x, y), (x, y))
        self.assertFalse(image.transparency_get(15, 0))
        self.assertEqual(image.get(15, 10)[:3], (200, 30, 30))

    def test_what_is_transparent_stays_so(self) -> None:
        """The corners are drawn again: transparent pixels, whose colour is black, are not shown by that."""
        pixels = {(2, 2): (9, 9, 9, 60)}
        rows = b"".join(
            b"\0" + b"".join(bytes(pixels.get((x, y), (0, 0, 0, 0))) for x in range(30)) for y in range(20)
        )
        image = tk.PhotoImage(master=self.root, data=png.from_rgba(30, 20, rows), format="png")
        round_corners(image, 8)
        for x, y in ((0, 0), (5, 5), (29, 0), (25, 3), (0, 19), (29, 19), (24, 15)):
            self.assertTrue(image.transparency_get(x, y), (x, y))
        corner = png.read_rgba(image.tk.call(image, "data", "-format", "png", "-from", 0, 0, 8, 8))
        self.assertTrue(0 < corner[2][11] <= 60, list(corner[2]))

    def test_a_tiny_picture_stays_as_it_is(self) -> None:
        image = tk.PhotoImage(master=self.root, data=picture(1, 1), format="png")
        round_corners(image, 8)
        self.assertEqual(image.get(0, 0)[:3], (200, 30, 30))
