"""A ring with a moving part, for something that takes its time."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.theme.control_shapes import SPINNER_STEPS
from chatapp.gui.theme.theme import Theme

SIZE = 36  # in pixels at 96 dpi
STEP = 50  # milliseconds


class Spinner(ttk.Label):
    """It turns while it is on screen.

    Args:
        style: The surface it stands on, as in names of styles: "", "Raised.", …
    """

    def __init__(self, master: tk.Misc, theme: Theme, style: str = "", size: int = SIZE) -> None:
        super().__init__(master, style=f"{style}TLabel", padding=0)
        self._theme = theme
        self._size = size
        self._step = 0
        self._timer = ""
        self.bind("<Map>", lambda event: self._turn(), add=True)
        for event in ("<Unmap>", "<Destroy>"):
            self.bind(event, lambda event: self._stop(), add=True)
        theme.watch(self, self._paint)

    def _turn(self) -> None:
        self._stop()
        self._step = (self._step + 1) % SPINNER_STEPS
        self._paint()
        self._timer = self.after(STEP, self._turn)

    def _stop(self) -> None:
        if self._timer:
            self.after_cancel(self._timer)
            self._timer = ""

    def _paint(self) -> None:
        parts = ("spinner", "divider"), (f"spinner-{self._step}", "accent")
        self._image = self._theme.stack(self._size, *parts)
        self.configure(image=self._image)
