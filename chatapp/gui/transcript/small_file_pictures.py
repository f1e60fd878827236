"""The picture of a file in a list: its thumbnail made small, or the tile of its kind."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from chatapp.client.model.files import FileCard
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript import file_texts
from chatapp.gui.transcript.file_tiles import FileTiles
from chatapp.gui.transcript.shown_files import MOST_HEIGHT, ShownFiles
from chatapp.gui.transcript.thumbnails import Thumbnails


class SmallFilePictures:
    """Makes the pictures, and keeps them while they are shown.

    Args:
        side: The most that a picture is wide and high, in pixels at 96 dpi with the usual size of text.
        on_change: Called with the ids of files whose picture is another one now.

    Attributes:
        shows_pictures: Whether thumbnails stand in place of the tiles of pictures.

    Thread:
        Tk.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, side: int, on_change: Callable[[set[str]], object]
    ) -> None:
        self._theme = theme
        self._side = side
        self._tiles = FileTiles(master, theme)
        self._shown = ShownFiles()
        self._thumbnails = Thumbnails(master, theme, on_change)

    @property
    def shows_pictures(self) -> bool:
        return self._shown.shows_pictures

    @shows_pictures.setter
    def shows_pictures(self, is_on: bool) -> None:
        self._shown.shows_pictures = is_on

    @property
    def side(self) -> int:
        """The most pixels of this display that a picture is wide and high."""
        return self._theme.px(self._theme.grown(self._side))

    def image(self, card: FileCard) -> tk.PhotoImage:
        """Return the picture of a file. Its thumbnail is decoded later; until then it is the tile."""
        side = self.side
        size = self._shown.thumbnail_size(card, side, side / MOST_HEIGHT)
        if size is not None:
            self._thumbnails.want(card, size)
            picture = self._thumbnails.image(card.id)
            if picture is not None:
                return picture
        return self._tiles.image(file_texts.kind(card), file_texts.tile_colour(card), side)
