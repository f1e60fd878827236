"""The QR code on screen."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.qr_picture import QUIET_ZONE, QrPicture
from chatapp.protocol.qr_code import encode
from tests.gui.base import WindowTest

LINK = "ircs://192.168.1.20:5000/general?code=k7qx-29fm"
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


class Picture(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.picture = QrPicture(self.root, self.theme, 164)
        self.picture.show(LINK)

    @property
    def image(self) -> str:
        return str(self.picture.cget("image"))

    def colour(self, x: int, y: int) -> tuple[int, ...]:
        return tuple(map(int, self.root.tk.splitlist(self.root.tk.call(self.image, "get", x, y))[:3]))

    def test_every_module_is_a_square_of_whole_pixels_with_a_quiet_zone_around(self) -> None:
        modules = encode(LINK)
        count = len(modules) + 2 * QUIET_ZONE
        side = self.root.tk.getint(self.root.tk.call("image", "width", self.image))
        self.assertEqual(side % count, 0)
        size = side // count
        self.assertLessEqual(side, self.theme.px(164))
        for row in range(-QUIET_ZONE, len(modules) + QUIET_ZONE):
            for column in range(-QUIET_ZONE, len(modules) + QUIET_ZONE):
                is_inside = 0 <= row < len(modules) and 0 <= column < len(modules)
                expected = BLACK if is_inside and modules[row][column] else WHITE
                x, y = (column + QUIET_ZONE) * size, (row + QUIET_ZONE) * size
                self.assertEqual(self.colour(x, y), expected, (row, column))
                self.assertEqual(self.colour(x + size - 1, y + size - 1), expected, (row, column))

    def test_it_stays_black_on_white_in_every_theme(self) -> None:
        for name in ("dark", "light", "contrast"):
            self.theme.use(name)
            self.assertEqual(str(self.picture.cget("background")), "#ffffff")

    def test_a_text_that_is_too_long_shows_nothing(self) -> None:
        self.picture.show("x" * 300)
        self.assertFalse(self.picture.is_shown)
        self.picture.show(LINK)
        self.assertTrue(self.picture.is_shown)

    def test_it_can_be_enlarged(self) -> None:
        before = self.root.tk.getint(self.root.tk.call("image", "width", self.image))
        self.picture.resize(500)
        self.assertGreater(self.root.tk.getint(self.root.tk.call("image", "width", self.image)), 2 * before)


if __name__ == "__main__":
    unittest.main()
