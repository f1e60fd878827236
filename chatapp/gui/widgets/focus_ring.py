"""The ring that shows where the keyboard is, drawn over the edges of a widget that has no border."""

from __future__ import annotations

import tkinter as tk
from typing import Literal

from chatapp.gui.theme.theme import Theme

WIDTH = 2  # in pixels at 96 dpi
_EDGES: tuple[tuple[Literal["nw", "sw", "ne"], int, int], ...] = (  # anchor, whole width, whole height
    ("nw", 1, 0), ("sw", 1, 0), ("nw", 0, 1), ("ne", 0, 1),
)  # fmt: skip


class FocusRing:
    """Four frames along the edges. They cover what is below, so that nothing moves when the ring appears."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        self._theme = theme
        self.is_shown = False
        self._frames = [tk.Frame(master, borderwidth=0, takefocus=False) for _ in _EDGES]
        theme.watch(self._frames[0], lambda: self.show(self.is_shown))

    def show(self, shown: bool) -> None:
        """Show the ring, or hide it."""
        self.is_shown = shown
        width = self._theme.px(WIDTH)
        for frame, (anchor, across, down) in zip(self._frames, _EDGES, strict=True):
            if not shown:
                frame.place_forget()
                continue
            frame.configure(background=self._theme.colours.accent)
            frame.place(
                relx=float(anchor == "ne"), rely=float(anchor == "sw"), anchor=anchor,
                relwidth=across, relheight=down, width=width * down, height=width * across,
            )  # fmt: skip
            frame.lift()
