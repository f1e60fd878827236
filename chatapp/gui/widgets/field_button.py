"""A button that looks like a search field: it opens the place where one types."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.canvas_button import CanvasButton, Face
from chatapp.gui.widgets.text_fit import shorten

# Pixels at 96 dpi
RADIUS = 6
PAD = 6
LARGE, SMALL = (16, 10, 34), (14, 9, 30)  # side of the icon, its left end, left end of the text
LOW = 28  # height from which the icon is small
KEY_HEIGHT, KEY_PAD, KEY_RADIUS = 20, 6, 4


class FieldButton(CanvasButton):
    """An icon, a text, and the shortcut in a small box where there is room for it.

    Args:
        text: What happens, such as "Jump to…".
        key: The shortcut, such as `Ctrl+K`.
        font: The font of the text.
        height: In pixels at 96 dpi.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        text: str,
        key: str,
        command: Callable[[], object],
        surface: str = "sidebar",
        font: str = "ChatBody",
        height: int = 32,
    ) -> None:
        self._text = text
        self._key = key
        self._font = font
        self._min_height = height
        self._icon, self._icon_left, self._usual_text_left = SMALL if height <= LOW else LARGE
        super().__init__(master, theme, command, self._draw_face, surface, hover="")
        theme.watch(self, self._resize)

    @property
    def _text_left(self) -> float:
        """Where the text begins, in pixels at 96 dpi."""
        return self._usual_text_left - self._icon + self._theme.grown(self._icon)

    def _resize(self) -> None:
        px, line = self._theme.px, self._theme.fonts[self._font].metrics("linespace")
        self.configure(height=max(px(self._min_height), line + px(10)))

    def _draw_face(self, face: Face) -> None:
        theme, px = self._theme, self._theme.px
        middle, end = face.height // 2, face.width - px(PAD + 4)
        border = "muted" if face.hovered else "border"
        box = theme.box(face.width, face.height, RADIUS, "field", border)
        face.canvas.create_image(0, 0, anchor="nw", image=box)
        icon = theme.icon("search", "muted", theme.grown(self._icon))
        face.canvas.create_image(px(self._icon_left), middle, anchor="w", image=icon)
        measure = theme.fonts[self._font].measure
        end = self._draw_key(face, end, measure(self._text))
        text = shorten(self._text, measure, end - px(self._text_left))
        face.canvas.create_text(
            px(self._text_left), middle, anchor="w", text=text, font=self._font, fill=theme.colours.muted
        )

    def _draw_key(self, face: Face, end: int, text_width: int) -> int:
        """Draw the box with the shortcut if there is room; return where the text has to end."""
        theme, px = self._theme, self._theme.px
        font = theme.fonts["ChatTiny"]
        width = font.measure(self._key) + px(2 * KEY_PAD)
        right = face.width - px(PAD)
        if right - width < px(self._text_left) + text_width + px(4):
            return end
        height = min(max(px(KEY_HEIGHT), font.metrics("linespace") + px(2)), face.height - px(4))
        box = theme.box(width, height, KEY_RADIUS, border="divider")
        middle = face.height // 2
        face.canvas.create_image(right, middle, anchor="e", image=box)
        face.canvas.create_text(
            right - width // 2, middle, anchor="center", text=self._key, font=font, fill=theme.colours.muted
        )
        return right - width - px(4)
