"""A button that shows only an icon; a tooltip names it and its key."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.tooltip import Tooltip

SIDE = 28  # of the button, in pixels at 96 dpi


class IconButton(ttk.Button):
    """An icon in a square that can be clicked.

    Args:
        icon: A name in `icon_shapes.ICONS`.
        tip: What the button does, for the tooltip.
        style: The surface it stands on, as in names of styles: "", "Chrome.", "Sidebar.", …; with "Soft" in
            front ("SoftChrome.", "Soft") it is filled.
        key: The key that does the same, for the tooltip.
        role: Colour of the icon; under the pointer it has the colour of text.
        size: Of the icon, in pixels at 96 dpi.
        side: Of the button, in pixels at 96 dpi.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        icon: str,
        tip: str,
        command: Callable[[], object],
        style: str = "",
        *,
        key: str = "",
        role: str = "muted",
        size: int = 16,
        side: int = SIDE,
    ) -> None:
        kind = "SoftIcon." if style.startswith("Soft") else "Icon."
        name = f"{kind}{style.removeprefix('Soft')}TButton"
        super().__init__(master, style=name, command=command, cursor="hand2")
        self._theme = theme
        self._size, self._side = size, side
        self._icon, self._role, self._tip, self._key = icon, role, tip, key
        self._tooltip = Tooltip(self, theme)
        self.bind("<Enter>", lambda event: self._tooltip.show(self._tip, self._key), add=True)
        self.bind(
            "<<TraverseIn>>", lambda event: self._tooltip.show(self._tip, self._key, is_below=True), add=True
        )
        theme.watch(self, self._paint)

    @property
    def tip(self) -> str:
        """What the tooltip says."""
        return self._tip

    def show(self, icon: str, tip: str, role: str = "muted") -> None:
        """Change icon, tooltip and colour."""
        self._icon, self._tip, self._role = icon, tip, role
        self._paint()

    def _paint(self) -> None:
        size = self._theme.grown(self._size)
        side = self._side - self._size + size
        normal, active, disabled = (
            self._theme.button_icon(self._icon, role, size, side)
            for role in (self._role, "text" if self._role == "muted" else self._role, "faint")
        )
        states = (normal, "disabled", disabled, "active", active)
        self.tk.call(self, "configure", "-image", states)  # the theme holds the images
