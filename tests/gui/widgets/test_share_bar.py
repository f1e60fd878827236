"""A bar that is filled in part."""

from __future__ import annotations

from chatapp.gui.widgets.share_bar import HEIGHT, ShareBar
from tests.gui.base import WindowTest


class ShareBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.size(400, 100)
        self.bar = ShareBar(self.root, self.theme)
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
        self.assertEqual(self.widths()[1], self.theme.px(HEIGHT))

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
