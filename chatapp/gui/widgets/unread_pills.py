"""Buttons over the ends of a list that show how many unread rows are out of sight, and scroll to them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme

GAP, ICON = 8, 13  # from the end of the list, and side of the arrow; pixels at 96 dpi


class UnreadPills:
    """`1 unread above` and `2 unread below` with an arrow, in the colour of a badge if a row has one.

    Args:
        on_click: Called with the index of the nearest of those rows.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_click: Callable[[int], object]) -> None:
        self._theme = theme
        self._on_click = on_click
        self.above, self.below = (ttk.Button(master, takefocus=False, compound="right") for _ in range(2))

    def show(self, above: Sequence[int], below: Sequence[int], badges: frozenset[int]) -> None:
        """Show or hide the pills.

        Args:
            above: Indexes of the unread rows above the view, from top to bottom.
            below: Indexes of those below the view.
            badges: Indexes of the rows with a badge.
        """
        self._show_pill(self.above, above[-1:], f"{len(above)} unread above ", "up", badges & set(above), 0)
        self._show_pill(self.below, below[:1], f"{len(below)} unread below ", "down", badges & set(below), 1)

    def _show_pill(
        self, pill: ttk.Button, nearest: Sequence[int], text: str, icon: str, badges: frozenset[int], end: int
    ) -> None:
        if not nearest:
            pill.place_forget()
            return
        style = "BadgePill.Sidebar.TButton" if badges else "Pill.Sidebar.TButton"
        image = self._theme.icon(icon, "on_badge" if badges else "on_primary", ICON)
        pill.configure(text=text, image=image, style=style, command=partial(self._on_click, nearest[0]))
        gap = self._theme.px(GAP)
        pill.place(relx=0.5, rely=end, y=-gap if end else gap, anchor="s" if end else "n")
