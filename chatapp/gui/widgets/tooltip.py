"""A few words beside the pointer, after a moment, about what it rests on."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.theme.theme import Theme

DELAY = 500  # milliseconds of rest before it opens
AWAY = 14  # pixels at 96 dpi from the pointer


class Tooltip:
    """The tooltip of one widget. With `words` it opens by itself when the pointer rests there."""

    def __init__(self, widget: tk.Misc, theme: Theme, words: str = "") -> None:
        self._widget = widget
        self._theme = theme
        self._window: tk.Toplevel | None = None
        self._timer = ""
        if words:
            widget.bind("<Enter>", lambda event: self.show(words), add=True)
        for event in ("<Leave>", "<Button>", "<Destroy>"):
            widget.bind(event, lambda event: self.hide(), add=True)

    def show(self, words: str) -> None:
        """Open with these words in a moment; without words, close."""
        self.hide()
        if words:
            self._timer = self._widget.after(DELAY, lambda: self._open(words))

    def hide(self) -> None:
        """Close it, or do not open it."""
        if self._timer:
            self._widget.after_cancel(self._timer)
            self._timer = ""
        if self._window is not None:
            self._window.destroy()
            self._window = None

    def _open(self, words: str) -> None:
        self._timer = ""
        px = self._theme.px
        self._window = window = tk.Toplevel(self._widget, background=self._theme.colours.border)
        window.wm_overrideredirect(True)
        label = ttk.Label(window, text=words, style="Small.Hover.TLabel", wraplength=px(360))
        label.configure(padding=(px(8), px(4)))
        label.pack(padx=px(1), pady=px(1))
        x, y = self._widget.winfo_pointerxy()
        window.update_idletasks()
        x = min(x, window.winfo_screenwidth() - window.winfo_reqwidth())
        if y + px(AWAY) + window.winfo_reqheight() > window.winfo_screenheight():
            y -= 2 * px(AWAY) + window.winfo_reqheight()
        window.wm_geometry(f"+{x}+{y + px(AWAY)}")
