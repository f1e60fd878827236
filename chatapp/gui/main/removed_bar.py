"""The bar above the composer of a channel that we were removed from, or could not come back to."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.conversation import Conversation
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shortened
from chatapp.gui.widgets.tooltip import Tooltip

ICON = 18  # pixels at 96 dpi


class RemovedBar(ttk.Frame):
    """Says what happened and why, with a button to join again. Its owner grids it, it hides itself."""

    def __init__(self, master: tk.Misc, theme: Theme, on_join: Callable[[], object]) -> None:
        super().__init__(master, style="Removed.TFrame")
        px = theme.px
        self._theme = theme
        self._words = self._reason = ""
        self._icon = ttk.Label(self, style="Removed.TLabel")
        self._title = ttk.Label(self, style="Bold.Removed.TLabel")
        self._why = ttk.Label(self, style="Muted.Removed.TLabel")
        self.join = ttk.Button(self, text="Join again", style="Removed.TButton", command=on_join)
        self._icon.grid(row=0, column=0, rowspan=2, padx=px(12))
        self._title.grid(row=0, column=1, sticky="sw", pady=(px(6), 0))
        self._why.grid(row=1, column=1, sticky="nw", pady=(0, px(6)))
        self.join.grid(row=0, column=2, rowspan=2, padx=px(8))
        self.columnconfigure(1, weight=1)
        self._tip = Tooltip(self._why, theme)
        self._why.bind("<Enter>", lambda event: self._tip.show(self._reason))
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show(self, conversation: Conversation | None) -> None:
        """Show why we are not in this channel; hide when we are, or when nobody removed us."""
        removal = conversation.removal if conversation is not None else None
        if removal is None:
            self.grid_remove()
            return
        self._words, self._reason = removal.text, removal.reason
        self._title.grid_configure(rowspan=1 if removal.reason else 2, sticky="sw" if removal.reason else "w")
        self.grid()
        self._fit()

    def _paint(self) -> None:
        self._icon.configure(image=self._theme.icon("leave", "danger", ICON))
        self._fit()

    def _fit(self) -> None:
        px, fonts = self._theme.px, self._theme.fonts
        room = max(self.winfo_width() - self.join.winfo_reqwidth() - px(ICON + 44), 0)
        self._title.configure(text=shortened(self._words, fonts["ChatBold"].measure, room))
        self._why.configure(text=shortened(self._reason, fonts["ChatSmall"].measure, room))
