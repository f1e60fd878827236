"""A button whose face is drawn on a canvas: an avatar beside two lines of text, a field with a key in it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any, NamedTuple

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.widget_paths import has_focus

RADIUS, RING = 6, 2  # corners and focus ring, in pixels at 96 dpi


class Face(NamedTuple):
    """What a button draws on."""

    canvas: tk.Canvas
    width: int
    height: int
    hovered: bool


class CanvasButton(tk.Canvas):
    """A click, Enter or Space presses it. It is highlighted under the pointer and has a focus ring.

    Args:
        command: Called when it is pressed.
        draw: Draws its face; called again when size, theme or highlight changes.
        surface: The colour role of the background.
        hover: The colour role of the background under the pointer, "" if `draw` shows that itself.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        command: Callable[[], object],
        draw: Callable[[Face], object],
        surface: str = "sidebar",
        hover: str = "side_hover",
        tip: str = "",
    ) -> None:
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=True, width=1, height=1)
        self._theme = theme
        self._command = command
        self._draw = draw
        self._surface = surface
        self._hover = hover
        self._hovered = False
        self.tooltip = Tooltip(self, theme, tip)
        for event, hovered in (("<Enter>", True), ("<Leave>", False)):
            self.bind(event, lambda event, hovered=hovered: self._set_hovered(hovered), add=True)  # type: ignore[misc]
        for event in ("<Configure>", "<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda event: self.paint(), add=True)
        self.bind("<ButtonRelease-1>", self._on_release)
        for event in ("<Return>", "<KP_Enter>", "<space>"):
            self.bind(event, lambda event: self.invoke())
        theme.watch(self, self.paint)

    def invoke(self) -> str:
        """Press the button."""
        self._command()
        return "break"

    def paint(self) -> None:
        """Draw the face again."""
        theme = self._theme
        self.configure(background=theme.colours.role(self._surface))
        self.delete("all")
        width, height = self.winfo_width(), self.winfo_height()
        if width <= 1 or height <= 1:
            return  # not placed yet
        if self._hovered and self._hover:
            self._box(self._hover, "")
        self._draw(Face(self, width, height, self._hovered))
        if has_focus(self):
            self._box("", "accent")

    def _box(self, fill: str, border: str) -> None:
        image = self._theme.box(self.winfo_width(), self.winfo_height(), RADIUS, fill, border, RING)
        self.create_image(0, 0, anchor="nw", image=image)

    def _set_hovered(self, hovered: bool) -> None:
        self._hovered = hovered
        self.paint()

    def _on_release(self, event: tk.Event[Any]) -> None:
        if 0 <= event.x < self.winfo_width() and 0 <= event.y < self.winfo_height():
            self._command()
