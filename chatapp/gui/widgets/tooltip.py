"""A short text beside the pointer, shown when the pointer rests on a widget."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.theme.theme import Theme

DELAY = 500  # milliseconds of rest before it opens
OFFSET = 14  # distance from the pointer, in pixels at 96 dpi


class Tooltip:
    """The tooltip of one widget.

    Args:
        text: If given, the tooltip opens by itself when the pointer rests on the widget.
    """

    def __init__(self, widget: tk.Misc, theme: Theme, text: str = "") -> None:
        self._widget = widget
        self._theme = theme
        self._window: tk.Toplevel | None = None
        self._timer = ""
        if text:
            widget.bind("<Enter>", lambda event: self.show(text), add=True)
        for event in ("<Leave>", "<Button>", "<Destroy>"):
            widget.bind(event, lambda event: self.hide(), add=True)

    def show(self, text: str) -> None:
        """Open with this text after DELAY; without text, close."""
        self.hide()
        if text:
            self._timer = self._widget.after(DELAY, lambda: self._open(text))

    def hide(self) -> None:
        """Close the tooltip, or cancel its opening."""
        if self._timer:
            self._widget.after_cancel(self._timer)
            self._timer = ""
        if self._window is not None:
            self._window.destroy()
            self._window = None

    def _open(self, text: str) -> None:
        self._timer = ""
        px = self._theme.px
        self._window = window = tk.Toplevel(self._widget, background=self._theme.colours.border)
        window.wm_overrideredirect(True)
        label = ttk.Label(window, text=text, style="Small.Hover.TLabel", wraplength=px(360))
        label.configure(padding=(px(8), px(4)))
        label.pack(padx=px(1), pady=px(1))
        x, y = self._widget.winfo_pointerxy()
        window.update_idletasks()
        x = min(x, window.winfo_screenwidth() - window.winfo_reqwidth())
        if y + px(OFFSET) + window.winfo_reqheight() > window.winfo_screenheight():
            y -= 2 * px(OFFSET) + window.winfo_reqheight()
        window.wm_geometry(f"+{x}+{y + px(OFFSET)}")
