"""Controls side by side; below one another where there is not enough room for that."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.wrapping import unwrapped_width, wrap_control

GAP = 8  # between controls, in pixels at 96 dpi


class FlowRow(ttk.Frame):
    """Places its children; the text of labels and buttons that are wider than the row wraps.

    `spread` lets the last one stand at the right end.
    """

    def __init__(self, master: tk.Misc, theme: Theme, spread: bool = False) -> None:
        super().__init__(master)
        self._gap = theme.px(GAP)
        self._spread = spread
        self._shown: Sequence[tk.Widget] = ()
        self._is_column: bool | None = None
        self.bind("<Configure>", lambda event: self.fit())
        theme.watch(self, lambda: self.after_idle(self.fit))

    def show(self, *children: tk.Widget) -> None:
        """Show these children in this order, and no others."""
        if list(children) == list(self._shown):
            return
        for each in self._shown:
            each.grid_forget()
        self._shown = children
        self._is_column = None
        self.fit()

    @property
    def is_column(self) -> bool:
        """Whether they stand below one another."""
        return bool(self._is_column)

    def fit(self, width: int = 0) -> None:
        """Place the children; call it when the text of one has changed.

        Args:
            width: That they have; by default the present width of this row.
        """
        if not self.winfo_exists():
            return
        width = width or self.winfo_width()
        wanted = sum(map(unwrapped_width, self._shown)) + self._gap * (len(self._shown) - 1)
        is_column = 1 < width < wanted
        if is_column:
            for each in self._shown:
                wrap_control(each, width)
        if is_column != self._is_column:
            self._is_column = is_column
            self._place()

    def _place(self) -> None:
        last = len(self._shown) - 1
        for column in range(len(self._shown)):
            is_wide = column == 0 if self._is_column else self._spread and column == last - 1
            self.columnconfigure(column, weight=1 if is_wide else 0)
        for number, each in enumerate(self._shown):
            if self._is_column:
                each.grid(row=number, column=0, sticky="w", padx=0, pady=(self._gap if number else 0, 0))
            else:
                each.grid(row=0, column=number, sticky="w", padx=(self._gap if number else 0, 0), pady=0)
