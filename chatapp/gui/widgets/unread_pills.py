"""Buttons over the ends of a list that show how many unread rows are out of sight, and scroll to them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk
from typing import NamedTuple

from chatapp.gui.theme.theme import Theme
from chatapp.languages.translation import ngettext

GAP, ICON = 8, 13  # from the edges of the list, and side of the arrow; pixels at 96 dpi


class End(NamedTuple):
    """One end of the list."""

    texts: Callable[[int], tuple[str, str]]
    """Return what the pill says of so many rows, and a shorter text."""
    icon: str
    rely: int
    anchor: str
    step: int
    """1 if a pill stands below this end of the list, -1 if above."""


def _above(count: int) -> tuple[str, str]:
    long = ngettext("{count} unread above", "{count} unread above", count)
    return long.format(count=count), ngettext("{count} above", "{count} above", count).format(count=count)


def _below(count: int) -> tuple[str, str]:
    long = ngettext("{count} unread below", "{count} unread below", count)
    return long.format(count=count), ngettext("{count} below", "{count} below", count).format(count=count)


ABOVE = End(_above, "up", 0, "n", 1)
BELOW = End(_below, "down", 1, "s", -1)


class UnreadPills:
    """`1 unread above` and `2 unread below` with an arrow, in the colour of a badge if a row has one.

    Args:
        on_click: Called with the index of the nearest of those rows.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_click: Callable[[int], object]) -> None:
        self._master = master
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
        self._show_pill(self.above, ABOVE, above, above[-1:], badges)
        self._show_pill(self.below, BELOW, below, below[:1], badges)

    def _show_pill(
        self,
        pill: ttk.Button,
        end: End,
        hidden: Sequence[int],
        nearest: Sequence[int],
        badges: frozenset[int],
    ) -> None:
        if not nearest:
            pill.place_forget()
            return
        is_badge = not badges.isdisjoint(hidden)
        image = self._theme.icon(end.icon, "on_badge" if is_badge else "on_primary", self._theme.grown(ICON))
        style = "BadgePill.Sidebar.TButton" if is_badge else "Pill.Sidebar.TButton"
        pill.configure(image=image, style=style, command=partial(self._on_click, nearest[0]))
        room = self._master.winfo_width() - 2 * self._theme.px(GAP)
        for text in (*end.texts(len(hidden)), f"{len(hidden)}"):
            pill.configure(text=f"{text} ")
            if pill.winfo_reqwidth() <= room:
                break
        pill.place(relx=0.5, rely=end.rely, y=end.step * self._theme.px(GAP), anchor=end.anchor)  # type: ignore[arg-type]
