"""The tiles of files."""

from __future__ import annotations

from chatapp.gui.transcript.file_tiles import FileTiles
from tests.gui.base import WindowTest


class FileTilesTest(WindowTest):
    def test_any_label_fits_on_a_tile_of_any_size(self) -> None:
        tiles = FileTiles(self.root, self.theme)
        for label, colour, side in (("PDF", 0, 36), ("WWWW", 6, 20), ("", None, 72), ("ÄÖ", 2, 36)):
            with self.subTest(label=label):
                image = tiles.image(label, colour, side)
                self.assertEqual((image.width(), image.height()), (side, side))

    def test_a_tile_is_drawn_once_for_a_look(self) -> None:
        tiles = FileTiles(self.root, self.theme)
        first = tiles.image("PDF", 0, 36)
        self.assertIs(tiles.image("PDF", 0, 36), first)
        self.theme.use("light" if self.theme.colours.name != "light" else "dark")
        self.assertIsNot(tiles.image("PDF", 0, 36), first)
