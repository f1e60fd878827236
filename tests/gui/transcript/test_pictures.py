"""The images of pictures: sizes, sharing, and repainting."""

from __future__ import annotations

import tkinter as tk
from unittest import mock

from chatapp.gui.transcript.pictures import CHIP_HEIGHT, RunPictures
from chatapp.gui.transcript.runs import Picture
from tests.gui.base import WindowTest

AVATAR = Picture("avatar", "Ben Okafor", "ben", 28)
CHIP = Picture("chip-left", role="chip")


class PicturesTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pictures = RunPictures(self.root, self.theme)

    def image_size(self, picture: Picture) -> tuple[int, int]:
        name = self.pictures.image(picture)
        call = self.root.tk.call
        return int(call("image", "width", name)), int(call("image", "height", name))

    def test_every_kind_can_be_drawn(self) -> None:
        table = [
            (AVATAR, (28, 28)),
            (Picture("icon", "reply", "muted", 14), (14, 14)),
            (Picture("rule", role="divider", size=150), (150, 1)),
            (Picture("pad", size=12, height=28), (12, 28)),
            (CHIP, (10, 24)),
            (Picture("chip-right", role="chip_mine"), (10, 24)),
            (Picture("chip-add"), (32, 24)),
            (Picture("skeleton", size=210), (210, 28)),
        ]
        for picture, (width, height) in table:
            with self.subTest(picture.kind):
                px = self.theme.px
                self.assertEqual(
                    self.image_size(picture),
                    (
                        width if picture.kind in ("rule", "pad") else px(width),
                        height if picture.kind == "pad" else px(height),
                    ),
                )

    def test_equal_pictures_share_an_image(self) -> None:
        self.assertEqual(self.pictures.image(AVATAR), self.pictures.image(AVATAR._replace(above=0)))

    def test_a_chip_is_as_high_as_a_line_of_large_text(self) -> None:
        self.theme.zoom(24)
        self.assertGreater(self.image_size(CHIP)[1], self.theme.px(CHIP_HEIGHT))

    def test_other_colours_give_new_images_and_keep_the_old_ones_for_now(self) -> None:
        old = self.pictures.image(CHIP)
        self.theme.use("light")
        names = self.pictures.repaint()
        self.assertEqual(names, {old: self.pictures.image(CHIP)})
        self.assertIn(old, self.root.tk.splitlist(self.root.tk.call("image", "names")))

    def test_usual_parts_are_painted_while_nothing_else_happens(self) -> None:
        self.pictures.prepare()
        self.until(lambda: not self.pictures.timers)
        self.assertEqual(len(self.pictures), 0, "only the theme keeps the parts")
        painted: list[object] = []
        with mock.patch.object(self.theme._pictures._masks, "image", lambda *part: painted.append(part)):
            self.pictures.image(Picture("icon", "reply", "muted", 14))
        self.assertEqual(painted, [])

    def test_what_is_not_shown_any_more_is_forgotten(self) -> None:
        old = self.pictures.image(CHIP)
        self.pictures.image(AVATAR)
        self.pictures.keep_only({AVATAR})
        self.assertEqual(len(self.pictures), 1)
        self.assertNotIn(old, self.root.tk.splitlist(self.root.tk.call("image", "names")))
        self.assertIsInstance(self.theme.avatar("Ben Okafor", 28, key="ben"), tk.PhotoImage)
