"""The bar of a progress, and that of a share."""

from __future__ import annotations

from chatapp.gui.widgets.progress_bar import PROGRESS, SHARE, ProgressBar
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
        self.assertEqual(self.theme.px(PROGRESS.height), self.bar.filled)

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
        self.assertGreater(self.bar.winfo_height(), self.theme.px(PROGRESS.height))


class ShareBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.size(400, 100)
        self.bar = ProgressBar(self.root, self.theme, SHARE)
        self.bar.pack(fill="x")
        self.settle()

    def widths(self) -> list[int]:
        """Return the widths of the whole bar and of its filled part, from their images."""
        images = [self.bar.tk.call(self.bar, "itemcget", item, "-image") for item in self.bar.find_all()]
        return [int(self.bar.tk.call("image", "width", image)) for image in images]

    def test_the_filled_part_is_as_long_as_its_share(self) -> None:
        whole = self.bar.winfo_width()
        for share, filled in ((0.25, round(whole / 4)), (1, whole), (7.5, whole), (-1, 0)):
            with self.subTest(share):
                self.bar.show(share)
                self.assertEqual(self.widths(), [whole, filled] if filled else [whole])

    def test_a_little_is_shown_as_a_dot(self) -> None:
        self.bar.show(0.0001)
        self.assertEqual(self.widths()[1], self.theme.px(SHARE.height))

    def test_it_follows_the_width_of_its_place(self) -> None:
        self.bar.show(0.5)
        self.size(600, 100)
        self.settle()
        whole = self.bar.winfo_width()
        self.assertEqual(self.widths(), [whole, round(whole / 2)])

    def test_it_follows_the_theme(self) -> None:
        self.theme.use("light")
        self.settle()
        self.assertEqual(self.bar.cget("background"), self.theme.colours.pane)
