"""One row of a RowList: its content, and how it is drawn on a canvas."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass

from chatapp.gui.theme import icons
from chatapp.gui.theme.shapes import box
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten

PAD, GAP, ICON, BAR = 8, 6, 12, 3  # margin, gap, width of icon and of the bar; pixels at 96 dpi
ON_SELECTION = {"faint": "muted", "danger": "text"}  # colours without contrast on `select` -> replacements


@dataclass(frozen=True, slots=True)
class ListRow:
    """Content of a row. Without a key it is a heading, which cannot be chosen."""

    key: str
    text: str
    note: str = ""  # after the text, in a weaker colour
    icon: str = ""  # of `icon_shapes.ICONS`
    icon_role: str = "ok"
    role: str = "text"  # colour of the text
    bold: bool = False
    count: str = ""  # at the right edge
    badge: bool = False  # whether the count is drawn in a badge


class RowPainter:
    """Draws rows on a canvas."""

    def __init__(self, canvas: tk.Canvas, theme: Theme) -> None:
        self._canvas = canvas
        self._theme = theme
        self._badges: dict[tuple[int, int, str], tk.PhotoImage] = {}

    def clear_cache(self) -> None:
        """Drop the images of badges, whose sizes depend on the fonts."""
        self._badges.clear()

    def draw(
        self, row: ListRow, top: int, bottom: int, width: int, selected: bool, hovered: bool, focused: bool
    ) -> None:
        """Draw a row between two heights of the canvas, in pixels."""
        canvas, colours, px = self._canvas, self._theme.colours, self._theme.px
        middle = (top + bottom) // 2
        if not row.key:
            font = "ChatSmallBold"
            text = self._shorten(row.text, font, width - 2 * px(PAD))
            canvas.create_text(px(PAD), middle, anchor="w", text=text, font=font, fill=colours.muted)
            return
        if selected or hovered:
            fill = colours.select if selected else colours.hover
            canvas.create_rectangle(0, top, width, bottom, fill=fill, width=0)
        if selected:
            canvas.create_rectangle(0, top, px(BAR), bottom, fill=colours.accent, width=0)
        left, right = px(PAD), width - px(PAD)
        if row.icon:
            image = self._theme.icon(row.icon, row.icon_role, ICON)
            canvas.create_image(left, middle, anchor="w", image=image)
            left += px(ICON) + px(GAP)
        if row.count:
            right -= self._draw_count(row, right, middle) + px(GAP)
        self._draw_text(row, left, right, middle, selected)
        if focused:
            inset = px(1)
            canvas.create_rectangle(
                inset, top + inset, width - inset - 1, bottom - inset - 1, outline=colours.accent, width=px(2)
            )

    def is_cut(self, row: ListRow, width: int) -> bool:
        """Return whether the texts of a row do not fit into this width."""
        used = self._theme.px(2 * PAD + (ICON + GAP if row.icon else 0))
        used += self._theme.fonts["ChatSmallBold"].measure(row.count)
        used += self._theme.fonts["ChatBody"].measure(row.note)
        used += self._theme.fonts["ChatBold" if row.bold else "ChatBody"].measure(row.text)
        return used > width

    def _draw_text(self, row: ListRow, left: int, right: int, middle: int, selected: bool) -> None:
        canvas, colours = self._canvas, self._theme.colours
        role = ON_SELECTION.get(row.role, row.role) if selected else row.role
        font = "ChatBold" if row.bold else "ChatBody"
        text = self._shorten(row.text, font, right - left)
        item = canvas.create_text(left, middle, anchor="w", text=text, font=font, fill=colours.role(role))
        if row.note:
            left = canvas.bbox(item)[2] + self._theme.px(GAP)
            note = self._shorten(row.note, "ChatBody", right - left)
            canvas.create_text(left, middle, anchor="w", text=note, font="ChatBody", fill=colours.muted)

    def _draw_count(self, row: ListRow, right: int, middle: int) -> int:
        """Draw the count at the right edge; return its width."""
        canvas, colours, px = self._canvas, self._theme.colours, self._theme.px
        font = self._theme.fonts["ChatSmallBold"]
        text_width = font.measure(row.count)
        if not row.badge:
            canvas.create_text(right, middle, anchor="e", text=row.count, font=font, fill=colours.text)
            return text_width
        height = font.metrics("linespace") + px(2)
        width = max(text_width + px(12), height)
        canvas.create_image(right, middle, anchor="e", image=self._badge_image(width, height, colours.badge))
        canvas.create_text(
            right - width // 2, middle, anchor="center", text=row.count, font=font, fill=colours.on_badge
        )
        return width

    def _badge_image(self, width: int, height: int, colour: str) -> tk.PhotoImage:
        key = (width, height, colour)
        if key not in self._badges:
            data = icons.paint(width, height, (box(0, 0, width, height, height / 2), colour))
            self._badges[key] = tk.PhotoImage(master=self._canvas, data=data, format="png")
        return self._badges[key]

    def _shorten(self, text: str, font: str, width: int) -> str:
        return shorten(text, self._theme.fonts[font].measure, width)
