"""Tk's images for the cards of files: the parts of each are cut out of one image of the whole card."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript import file_runs
from chatapp.gui.transcript.file_tiles import draw_tile, put
from chatapp.gui.transcript.runs import CardLook

RADIUS, BUTTON_RADIUS = 8, 6  # in pixels at 96 dpi
BAR = 4  # height, in pixels at 96 dpi
Box = tuple[int, int, int, int]  # left, top, right, bottom


class CardPictures:
    """Draws cards.

    Thread:
        Tk.
    """

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        self._master = master
        self._theme = theme
        self._last: tuple[CardLook, str, tk.PhotoImage] | None = None  # the whole card that was drawn last

    def image(self, look: CardLook) -> tk.PhotoImage:
        """Return the image of a part of a card."""
        left, top, right, bottom = self._place(look)
        image = tk.PhotoImage(master=self._master, width=max(right - left, 1), height=bottom - top)
        whole = self._whole(look._replace(part="top"))
        image.tk.call(image, "copy", whole, "-from", left, top, max(right, left + 1), bottom)
        return image

    def _place(self, look: CardLook) -> Box:
        """Return where a part is in the whole card."""
        px, row, width = self._theme.px, look.row, look.width
        height, edge = file_runs.card_height(row, px), px(file_runs.EDGE)
        if look.part == "top":
            return 0, 0, width, edge
        if look.part == "bottom":
            return 0, height - edge, width, height
        line, _dash, side = look.part.partition("-")
        top = edge if line == "name" else edge + row
        if side == "left":
            return 0, top, min(file_runs.left_width(row, px), width), top + row
        return max(width - file_runs.right_width(row, px), 0), top, width, top + row

    def _whole(self, look: CardLook) -> tk.PhotoImage:
        """Return the whole card. The parts of one card are asked for one after the other."""
        colours = self._theme.colours.name
        if self._last is None or self._last[:2] != (look, colours):
            self._last = (look, colours, self._draw(look))
        return self._last[2]

    def _draw(self, look: CardLook) -> tk.PhotoImage:
        theme, px, row = self._theme, self._theme.px, look.row
        height = file_runs.card_height(row, px)
        image = tk.PhotoImage(master=self._master, width=look.width, height=height)
        put(image, theme.box(look.width, height, RADIUS, "code", "edge"), 0, 0)
        margin = px(file_runs.MARGIN)
        draw_tile(image, theme, look.label, look.colour, margin, height - 2 * margin)
        if look.icon:
            side = file_runs.button_side(row, px)
            x, y = look.width - margin - side, (height - side) // 2
            outline = {"contrast": "border", "light": "edge"}.get(theme.colours.name, "")
            put(image, theme.box(side, side, BUTTON_RADIUS, "chip", outline), x, y)
            icon = theme.icon(look.icon, "text", 16 * side / px(file_runs.BUTTON))
            put(image, icon, x + (side - icon.width()) // 2, y + (side - icon.height()) // 2)
        if look.percent is not None:
            self._draw_bar(image, look, height)
        return image

    def _draw_bar(self, image: tk.PhotoImage, look: CardLook, height: int) -> None:
        """Draw how much has come, below the text."""
        theme, px = self._theme, self._theme.px
        left = file_runs.left_width(look.row, px)
        width = look.width - left - file_runs.right_width(look.row, px)
        if width <= 0:
            return
        bar, top = px(BAR), height - px(file_runs.EDGE) + px(2)
        put(image, theme.box(width, bar, BAR / 2, "divider"), left, top)
        done = width * (look.percent or 0) // 100
        if done >= bar:
            put(image, theme.box(done, bar, BAR / 2, "accent"), left, top)
