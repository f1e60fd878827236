"""Draws the rows of a RowList on its canvas."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.list_row import Heading, Hint, ListRow, Mark, Row
from chatapp.gui.widgets.row_layout import RowHeights
from chatapp.gui.widgets.text_fit import shorten, wrap

# Pixels at 96 dpi
PAD = 8  # inside a row, at both ends
GAP = 6  # between the parts of a row
RADIUS, RING = 6, 2  # corners of the chosen row, width of the focus ring
ICON, CHEVRON, PLUS, MARK = 14, 11, 14, 13  # sides of icons
ICON_TEXT = 32  # from the left end of a row to the text after an icon
BADGE_WIDTH, BADGE_HEIGHT, BADGE_PAD = 20, 18, 6
BADGE_RADIUS = 20  # more than half of any height: the ends are round
MARK_STEP = 20  # from one mark to the next
PLUS_WIDTH = 32  # of the part of a heading where a click adds
HEADING, HEADING_GAP = 28, 8
HEADING_INDENT = 4  # of headings beside rows with a larger pad
HIGH, HIGH_ICON = 36, 16  # rows as high as this have icons in the column of the avatars
HIGHEST = 48  # rows as high as this have large ones
HINT_TOP, HINT_LINES = 6, 3
NUMBER = " — "  # between the name of a heading and the number of its rows
SHORTEST = "mmmm…"  # the text needs this room; with less, the marks give way

# Colours without contrast on the background of a chosen row, or of the row under the pointer
ON_SELECTION = {"faint": "muted", "danger": "text"}
ON_HOVER = {"faint": "muted"}

Anchor = Literal["w", "e", "nw", "center"]


class RowState(NamedTuple):
    """How a row is shown at the moment."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False


class PlacedRow(NamedTuple):
    """A row with its place on the canvas.

    Attributes:
        width: The width of the canvas that is free for rows, in pixels.
    """

    row: Row
    top: int
    bottom: int
    width: int
    state: RowState


class RowPainter:
    """Draws rows and headings.

    Args:
        surface: The colour role of the background.
        row: The minimum height of a row, in pixels at 96 dpi.
        inset: The distance of a row from the edges of the canvas, in pixels at 96 dpi.
        pad: The distance of the content of a row from its ends, in pixels at 96 dpi.
        chosen_hint: A word at the right of the chosen row.
    """

    def __init__(
        self,
        canvas: tk.Canvas,
        theme: Theme,
        surface: str = "sidebar",
        row: int = 28,
        inset: int = 0,
        pad: int = PAD,
        chosen_hint: str = "",
    ) -> None:
        self._canvas = canvas
        self._theme = theme
        self._surface = surface
        self._row = row
        self._inset = inset
        self._pad = pad
        self._chosen_hint = chosen_hint
        self._usual_avatar = 20 if row < HIGH else 24 if row < HIGHEST else 36
        self._drawn: dict[PlacedRow, str] = {}  # what is on the canvas -> the tag of its items
        self._number = 0  # of the last tag
        self._tag = ""

    def heights(self) -> RowHeights:
        """Return the heights of rows, with room for the fonts."""
        px, fonts = self._theme.px, self._theme.fonts
        body, small = (fonts[name].metrics("linespace") for name in ("ChatBody", "ChatSmall"))
        row = max(px(self._row), body + px(8), px(self._avatar + 4))
        return RowHeights(
            row=row,
            tall=max(px(self._row + 8), body + small + px(8), px(self._avatar + 8)),
            heading=max(px(HEADING), small + px(8)),
            hint=HINT_LINES * small + px(2 * HINT_TOP),
            gap=px(HEADING_GAP) if self._pad == PAD else 0,
        )

    @property
    def _avatar(self) -> int:
        """The side of the avatars, in pixels at 96 dpi."""
        return round(self._theme.grown(self._usual_avatar))

    def show(self, rows: Sequence[PlacedRow]) -> None:
        """Show these rows. Those that are drawn already stay, so that a step of scrolling costs little."""
        wanted = dict.fromkeys(rows)
        for row, tag in list(self._drawn.items()):
            if row not in wanted:
                self._canvas.delete(tag)
                del self._drawn[row]
        for row in wanted:
            if row not in self._drawn:
                self._number += 1
                self._tag = self._drawn[row] = f"row{self._number}"
                self._draw(row)

    def clear(self) -> None:
        """Remove everything, because colours or sizes have changed."""
        self._canvas.delete("all")
        self._drawn.clear()

    def _draw(self, placed: PlacedRow) -> None:
        row, top, bottom, width, state = placed
        inset = self._theme.px(self._inset)
        if isinstance(row, Heading):
            self._draw_heading(row, inset, width - inset, top, bottom)
        elif isinstance(row, Hint):
            self._draw_hint(row, inset, width - inset, top)
        else:
            self._draw_row(row, inset, width - inset, top, bottom, state)
        if state.focused:
            self._draw_box(inset, top, width - inset, bottom, "", "accent")

    def is_plus_at(self, x: int, width: int) -> bool:
        """Return whether the `+` of a heading is at this distance from the left."""
        return x >= width - self._theme.px(self._inset + self._theme.grown(PLUS_WIDTH))

    def is_cut(self, row: ListRow | Heading, width: int) -> bool:
        """Return whether the texts of a row do not fit into this width."""
        inset = self._theme.px(self._inset)
        if isinstance(row, Heading):
            begin, end = self._heading_room(row, inset, width - inset)
            return self._theme.fonts["ChatSmallBold"].measure(row.text) > end - begin
        left, right = self._left(row, inset), width - inset - self._theme.px(self._pad)
        right -= self._count_width(row)
        right -= self._marks_width(self._marks_with_room(row, right - left))
        return self._text_width(row) > right - left

    def _heading_room(self, row: Heading, left: int, right: int) -> tuple[int, int]:
        """Return where the text of a heading may begin and end."""
        theme, px = self._theme, self._theme.px
        pad = self._pad if self._pad == PAD else self._pad + HEADING_INDENT
        begin, end = left + px(pad), right - px(pad)
        if row.key:
            begin += px(PAD + 2) + 2 * px((theme.grown(CHEVRON) - CHEVRON) / 2)
        if row.add:
            end -= px(PAD) + 2 * px((theme.grown(PLUS) - PLUS) / 2) + px(PLUS)
        if row.count:
            end -= theme.fonts["ChatSmallBold"].measure(row.count) + px(GAP)
        return begin, end

    def _draw_heading(self, row: Heading, left: int, right: int, top: int, bottom: int) -> None:
        theme, px = self._theme, self._theme.px
        middle = (top + bottom) // 2
        pad = self._pad if self._pad == PAD else self._pad + HEADING_INDENT
        x, end = left + px(pad), right - px(pad)
        if row.key:
            chevron = "chevron-right" if row.folded else "chevron-down"
            half = px((theme.grown(CHEVRON) - CHEVRON) / 2)
            self._image(x + half, middle, theme.icon(chevron, "muted", theme.grown(CHEVRON)), "center")
        if row.add:
            half = px((theme.grown(PLUS) - PLUS) / 2)
            end -= px(PAD) + half
            self._image(end, middle, theme.icon("plus", "muted", theme.grown(PLUS)), "center")
            end -= px(PLUS) + half
        if row.count:
            self._text(end, middle, row.count, "ChatSmallBold", "text", "e")
        x, end = self._heading_room(row, left, right)
        text, measure = row.text, theme.fonts["ChatSmallBold"].measure
        if measure(text) > end - x:
            text = self._shorten(text.partition(NUMBER)[0], "ChatSmallBold", end - x)  # the name before all
        self._text(x, middle, text, "ChatSmallBold", "muted")

    def _draw_hint(self, row: Hint, left: int, right: int, top: int) -> None:
        px, measure = self._theme.px, self._theme.fonts["ChatSmall"].measure
        lines = wrap(row.text, measure, right - left - 2 * px(self._pad), HINT_LINES)
        self._text(left + px(self._pad), top + px(HINT_TOP), "\n".join(lines), "ChatSmall", "muted", "nw")

    def _draw_row(self, row: ListRow, left: int, right: int, top: int, bottom: int, state: RowState) -> None:
        surface = self._surface
        if state.selected or state.hovered:
            surface = "select" if state.selected else self._hover_role
            self._draw_box(left, top, right, bottom, surface)
        middle = (top + bottom) // 2
        self._draw_picture(row, left, middle, surface)
        end = right - self._theme.px(self._pad)
        if state.selected and self._chosen_hint:
            self._text(end, middle, self._chosen_hint, "ChatTiny", "muted", "e")
            end -= self._theme.fonts["ChatTiny"].measure(self._chosen_hint) + self._theme.px(GAP)
        if row.count:
            self._draw_count(row, end, middle)
            end -= self._count_width(row)
        start = self._left(row, left)
        marks = self._marks_with_room(row, end - start)
        self._draw_marks(marks, end, middle, surface)
        self._draw_text(row, start, end - self._marks_width(marks), top, bottom, surface)

    @property
    def _hover_role(self) -> str:
        return "side_hover" if self._surface == "sidebar" else "hover"

    def _draw_picture(self, row: ListRow, left: int, middle: int, surface: str) -> None:
        """Draw the avatar or the icon."""
        theme, px = self._theme, self._theme.px
        if row.avatar:
            avatar = theme.avatar(
                row.text,
                self._avatar,
                key=row.avatar,
                colour=row.colour,
                presence=row.presence,
                surface=surface,
            )
            self._image(left + px(self._pad), middle, avatar, "w")
        elif row.image:
            self._image(left + px(self._pad) + px(self._avatar) // 2, middle, row.image, "center")
        elif row.icon:
            size = HIGH_ICON if self._row >= HIGH else ICON
            icon = theme.icon(row.icon, self._on(surface, row.icon_role), theme.grown(size))
            centre = self._avatar // 2 if self._row >= HIGH else theme.grown(10)
            self._image(left + px(self._pad + centre), middle, icon, "center")

    def _draw_marks(self, marks: tuple[Mark, ...], end: int, middle: int, surface: str) -> None:
        theme, px = self._theme, self._theme.px
        for number, mark in enumerate(marks):
            icon = theme.icon(mark.icon, self._on(surface, mark.role), theme.grown(MARK))
            self._image(end - number * px(theme.grown(MARK_STEP)), middle, icon, "e")

    def _draw_text(self, row: ListRow, left: int, right: int, top: int, bottom: int, surface: str) -> None:
        px, fonts = self._theme.px, self._theme.fonts
        middle = (top + bottom) // 2
        if row.detail:
            body, small = (fonts[name].metrics("linespace") for name in ("ChatBody", "ChatSmall"))
            middle -= small // 2 - px(1)
            detail = self._shorten(row.detail, "ChatSmall", right - left)
            self._text(left, middle + (body + small) // 2 - px(1), detail, "ChatSmall", "muted")
        font = "ChatBold" if row.bold else "ChatBody"
        text = self._shorten_runs(row, font, right - left)
        end = self._draw_runs(row, text, left, middle, font, self._on(surface, row.role))
        if row.note:
            left = end + px(GAP if self._pad == PAD else GAP + HEADING_INDENT)
            self._text(left, middle, self._shorten(row.note, "ChatSmall", right - left), "ChatSmall", "muted")

    def _shorten_runs(self, row: ListRow, font: str, width: int) -> str:
        """Shorten the text of a row, some of whose characters may be bold because they were found."""
        measure = self._theme.fonts["ChatBold" if row.found else font].measure
        text = self._shorten(row.text, font, width)
        return shorten(row.text, measure, width) if self._runs_width(row, text, font) > width else text

    def _runs_width(self, row: ListRow, text: str, font: str) -> int:
        """Return the width of a text as `_draw_runs` draws it."""
        found = set(row.found)
        return sum(
            self._theme.fonts["ChatBold" if is_found else font].measure("".join(text[i] for i in group))
            for is_found, group in groupby(range(len(text)), key=found.__contains__)
        )

    def _draw_runs(self, row: ListRow, text: str, left: int, middle: int, font: str, role: str) -> int:
        """Draw the text of a row, with the characters that were found; return where it ends."""
        found = set(row.found)
        for is_found, group in groupby(range(len(text)), key=found.__contains__):
            run = "".join(text[index] for index in group)
            run_font = "ChatBold" if is_found else font
            self._text(left, middle, run, run_font, "link" if is_found else role)
            left += self._theme.fonts[run_font].measure(run)
        return left

    def _draw_count(self, row: ListRow, right: int, middle: int) -> None:
        """Draw the count at the right edge, in a badge or with the distance that it would have there."""
        px, font = self._theme.px, self._theme.fonts["ChatSmallBold"]
        if not row.badge:
            self._text(right - px(BADGE_PAD), middle, row.count, "ChatSmallBold", "text", "e")
            return
        width = self._count_width(row) - px(GAP)
        height = max(px(BADGE_HEIGHT), font.metrics("linespace") + px(2))
        self._image(right, middle, self._theme.box(width, height, BADGE_RADIUS, "badge"), "e")
        self._text(right - width // 2, middle, row.count, "ChatSmallBold", "on_badge", "center")

    def _draw_box(self, left: int, top: int, right: int, bottom: int, fill: str, border: str = "") -> None:
        if right > left:
            box = self._theme.box(right - left, bottom - top, RADIUS, fill, border, RING)
            self._image(left, top, box, "nw")

    def _text(self, x: int, y: int, text: str, font: str, role: str, anchor: Anchor = "w") -> None:
        fill = self._theme.colours.role(role)
        self._canvas.create_text(x, y, anchor=anchor, text=text, font=font, fill=fill, tags=self._tag)

    def _image(self, x: int, y: int, image: tk.PhotoImage | str, anchor: Anchor) -> None:
        self._canvas.create_image(x, y, anchor=anchor, image=image, tags=self._tag)

    def _left(self, row: ListRow, left: int) -> int:
        """Return where the text of a row begins."""
        px = self._theme.px
        if self._row >= HIGH and (row.avatar or row.icon or row.image):
            return left + px(self._pad + self._avatar + max(self._pad, PAD + 2))
        if row.avatar:
            return left + px(PAD + self._avatar + PAD)
        return left + px(PAD + self._theme.grown(ICON_TEXT - PAD) if row.icon else self._pad)

    def _count_width(self, row: ListRow) -> int:
        """Return the width of the count with the gap before it; 0 without a count."""
        if not row.count:
            return 0
        px = self._theme.px
        text = self._theme.fonts["ChatSmallBold"].measure(row.count)
        return max(text + px(2 * BADGE_PAD), px(BADGE_WIDTH)) + px(GAP)

    def _marks_width(self, marks: Sequence[Mark]) -> int:
        return len(marks) * self._theme.px(self._theme.grown(MARK_STEP))

    def _marks_with_room(self, row: ListRow, room: int) -> tuple[Mark, ...]:
        """Return the marks of a row that leave room for some letters of the text; the tooltip has all."""
        measure = self._theme.fonts["ChatBold" if row.bold else "ChatBody"].measure
        room -= min(measure(row.text), measure(SHORTEST))
        fitting = max(room // self._theme.px(self._theme.grown(MARK_STEP)), 0)
        return row.marks[:fitting]

    def _text_width(self, row: ListRow) -> int:
        fonts = self._theme.fonts
        width = fonts["ChatBold" if row.bold else "ChatBody"].measure(row.text)
        if row.note:
            width += fonts["ChatSmall"].measure(row.note) + self._theme.px(GAP)
        return max(width, fonts["ChatSmall"].measure(row.detail) if row.detail else 0)

    def _on(self, surface: str, role: str) -> str:
        """Return the role of a colour, or a stronger one where it would be hard to see."""
        if surface == "select":
            return ON_SELECTION.get(role, role)
        return ON_HOVER.get(role, role) if surface != self._surface else role

    def _shorten(self, text: str, font: str, width: int) -> str:
        return shorten(text, self._theme.fonts[font].measure, width)
