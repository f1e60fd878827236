"""Buttons over the ends of a list that say how many unread rows are out of sight, and lead there."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme

GAP = 4  # pixels at 96 dpi from the end of the list


class UnreadPills:
    """`1 unread above ↑` and `2 unread below ↓`, in the colour of a badge when one of them is a mention.

    Args:
        on_click: called with the place of the nearest of those rows
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_click: Callable[[int], object]) -> None:
        self._theme = theme
        self._on_click = on_click
        self.above, self.below = (ttk.Button(master, takefocus=False) for _ in range(2))

    def show(self, above: Sequence[int], below: Sequence[int], alarms: frozenset[int]) -> None:
        """Show how many rows are unread on both sides, by their places; `alarms` are those of mentions."""
        self._place(self.above, above[-1:], f"{len(above)} unread above ↑", alarms & set(above), 0)
        self._place(self.below, below[:1], f"{len(below)} unread below ↓", alarms & set(below), 1)

    def _place(
        self, pill: ttk.Button, nearest: Sequence[int], words: str, alarms: frozenset[int], end: int
    ) -> None:
        if not nearest:
            pill.place_forget()
            return
        style = "AlarmPill.Sidebar.TButton" if alarms else "Pill.Sidebar.TButton"
        pill.configure(text=words, style=style, command=partial(self._on_click, nearest[0]))
        gap = self._theme.px(GAP)
        pill.place(relx=0.5, rely=end, y=-gap if end else gap, anchor="s" if end else "n")
