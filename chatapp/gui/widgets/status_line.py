"""A sentence that wraps, with an icon before it when something has worked."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.wrapping import wrap_at

GAP, WIDTH = 6, 380  # between icon and text; at which it wraps at first; in pixels at 96 dpi


class StatusLine(ttk.Frame):
    """It only shows something.

    Args:
        size: Of the icon, in pixels at 96 dpi.
    """

    def __init__(self, master: tk.Misc, theme: Theme, size: int = 15) -> None:
        super().__init__(master)
        self._theme = theme
        self._base = size
        self._is_good = False
        self._icon = ttk.Label(self)
        self._text = ttk.Label(self, justify="left", wraplength=theme.px(WIDTH))
        self._text.grid(row=0, column=1, sticky="w")
        self.columnconfigure(1, weight=1)
        self.bind("<Configure>", lambda event: self._fit(event.width))
        theme.watch(self, self._paint)

    @property
    def _size(self) -> float:
        """The side of the icon at this size of text."""
        return self._theme.grown(self._base)

    @property
    def text(self) -> str:
        """What it says."""
        return str(self._text.cget("text"))

    def show(self, text: str, style: str = "TLabel", is_good: bool = False) -> None:
        """Show a sentence.

        Args:
            style: Of the label.
            is_good: Whether a green check stands before it.
        """
        self._text.configure(text=text, style=style)
        if is_good != self._is_good:
            self._is_good = is_good
            self._paint()

    @property
    def is_good(self) -> bool:
        """Whether a green check stands before the text."""
        return self._is_good

    def _paint(self) -> None:
        if self._is_good:
            self._image = self._theme.icon("check", "ok", self._size)
            self._icon.configure(image=self._image)
            self._icon.grid(
                row=0, column=0, sticky="nw", padx=(0, self._theme.px(GAP)), pady=self._theme.px(2)
            )
        else:
            self._icon.grid_remove()

    def _fit(self, width: int) -> None:
        taken = self._theme.px(self._size + GAP + 8) if self._is_good else 0
        wrap_at(self._text, width - taken)
