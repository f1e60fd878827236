"""The pictures of files in lists."""

from __future__ import annotations

from chatapp.gui.transcript.small_file_pictures import SmallFilePictures
from tests.gui.base import WindowTest
from tests.gui.transcript.files import card, picture


class SmallFilePicturesTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.changed: set[str] = set()
        self.pictures = SmallFilePictures(self.root, self.theme, 32, self.changed.update)
        self.board = card("board.png", media_type="image/png", has_thumbnail=True, thumbnail=picture(64, 40))

    def test_a_file_has_the_tile_of_its_kind(self) -> None:
        tile = self.pictures.image(card("plan.pdf"))
        self.assertEqual((self.pictures.side, self.pictures.side), (tile.width(), tile.height()))
        self.assertIs(tile, self.pictures.image(card("sheet.pdf", 2)))
        self.assertIsNot(tile, self.pictures.image(card("plan.zip", 3)))

    def test_a_picture_has_its_thumbnail_once_that_is_decoded(self) -> None:
        tile = self.pictures.image(self.board)
        self.until(lambda: self.changed == {self.board.id})
        shown = self.pictures.image(self.board)
        self.assertIsNot(tile, shown)
        self.assertEqual((32, 20), (shown.width(), shown.height()))

    def test_it_has_the_tile_if_pictures_are_not_to_be_shown(self) -> None:
        self.pictures.image(self.board)
        self.until(lambda: bool(self.changed))
        self.pictures.shows_pictures = False
        self.assertEqual(self.pictures.side, self.pictures.image(self.board).height())
