"""The tile of a file: a box in the colour of its kind, with the letters of the kind or an icon."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.letter_shapes import GAP, GLYPHS, MARGIN, PAIR, letter_width
from chatapp.gui.theme.shapes import GRID
from chatapp.gui.theme.theme import Theme

RADIUS = 6  # in pixels at 96 dpi
LETTERS = 0.24  # height of the letters on a tile, as a share of it
ICON = 0.5  # the same of an icon


class FileTiles:
    """The images of whole tiles, each drawn once for a look of the theme.

    Thread:
        Tk.
    """

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        self._master = master
        self._theme = theme
        self._colours = ""
        self._images: dict[tuple[str, int | None, int], tk.PhotoImage] = {}

    def image(self, label: str, colour: int | None, side: int) -> tk.PhotoImage:
        """Return a tile.

        Args:
            label: The kind of file; without one, it is an icon.
            colour: Of the colours of nicks; None for a file that is gone.
            side: In pixels of this display.
        """
        if self._colours != self._theme.colours.name:
            self._colours = self._theme.colours.name
            self._images.clear()
        key = label, colour, side
        if key not in self._images:
            image = tk.PhotoImage(master=self._master, width=side, height=side)
            draw_tile(image, self._theme, label, colour, 0, side)
            self._images[key] = image
        return self._images[key]


def draw_tile(
    image: tk.PhotoImage, theme: Theme, label: str, colour: int | None, margin: int, side: int
) -> None:
    """Draw a tile on an image, at the same distance from its left and upper edge."""
    if colour is None:
        tile, ink = theme.box(side, side, RADIUS, "chip"), "muted"
    else:
        tile, ink = theme.nick_box(colour, side, RADIUS), "avatar_ink"
    put(image, tile, margin, margin)
    if not label or not set(label) <= GLYPHS.keys():
        icon = theme.icon("file", ink, ICON * side / theme.scale)
        place = margin + (side - icon.width()) // 2
        put(image, icon, place, place)
        return
    unit = LETTERS * side / PAIR  # pixels for each part of the grid of a letter
    widths = [letter_width(letter, PAIR) for letter in label]
    total = sum(widths) + GAP * (len(widths) - 1)
    unit = min(unit, 0.72 * side / total)
    size = round(unit * GRID)
    left = margin + (side - total * unit) / 2
    for letter, width in zip(label, widths, strict=True):
        glyph = theme.icon(f"pair-{letter}", ink, size / theme.scale)
        put(image, glyph, round(left - MARGIN * unit), margin + (side - glyph.height()) // 2)
        left += (width + GAP) * unit


def put(image: tk.PhotoImage, part: tk.PhotoImage, x: int, y: int) -> None:
    """Draw an image on another one, cut off at its edges."""
    if x < 0:
        image.tk.call(image, "copy", part, "-from", -x, 0, "-to", 0, y)
    else:
        image.tk.call(image, "copy", part, "-to", x, y)
