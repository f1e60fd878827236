"""The bar of a progress."""

from __future__ import annotations

from chatapp.gui.widgets.progress_bar import HEIGHT, ProgressBar
from tests.gui.base import WindowTest


class ProgressBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.size(420, 200)
        self.bar = ProgressBar(self.root, self.theme)
        self.bar.pack(fill="x")
        self.settle()

    def test_as_much_is_filled_as_is_done(self) -> None:
        width = self.bar.winfo_width()
        for fraction, filled in ((0.0, 0), (0.5, width // 2), (1.0, width), (7.0, width)):
            with self.subTest(fraction):
                self.bar.show(fraction)
                self.assertAlmostEqual(filled, self.bar.filled, delta=1)

    def test_a_little_is_a_whole_end(self) -> None:
        self.bar.show(0.0001)
        self.assertEqual(0, self.bar.filled)
        self.bar.show(0.004)
        self.assertEqual(self.theme.px(HEIGHT), self.bar.filled)

    def test_its_ends_are_round(self) -> None:
        self.theme.zoom(24)
        self.bar.show(0.5)
        self.settle()
        track, fill = self.bar._images
        for image in (track, fill):
            self.assertTrue(image.transparency_get(0, 0))
            self.assertTrue(image.transparency_get(image.width() - 1, image.height() - 1))
            self.assertFalse(image.transparency_get(image.width() // 2, image.height() // 2))

    def test_it_follows_its_width_and_the_size_of_the_text(self) -> None:
        self.bar.show(0.5)
        self.size(300, 200)
        self.settle()
        self.assertAlmostEqual(self.bar.winfo_width() / 2, self.bar.filled, delta=1)
        self.theme.zoom(24)
        self.settle()
        self.assertGreater(self.bar.winfo_height(), self.theme.px(HEIGHT))
