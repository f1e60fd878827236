"""The icon of the window, with a badge that counts direct messages and mentions."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.theme import Theme

SIZE = 32  # side of the icon, in pixels at 96 dpi
MOST = 9  # a higher number is shown as `9+`


class IconBadge:
    """Shows the icon; at first without a badge."""

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        self._root = root
        self._theme = theme
        self._images: dict[str, tk.PhotoImage] = {}
        self.text: str | None = None  # in the badge; None before the first icon
        self.show(0)

    def show(self, count: int) -> None:
        """Show a number in the badge; 0 for no badge."""
        text = f"{MOST}+" if count > MOST else str(count) if count else ""
        if text == self.text:
            return
        self.text = text
        if text not in self._images:
            self._images[text] = self._theme.app_icon(SIZE, text)
        self._root.iconphoto(True, self._images[text])
