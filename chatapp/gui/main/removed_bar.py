"""The bar above the composer of a channel that the user was removed from, or could not rejoin."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.conversation import Conversation
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip

ICON = 18  # pixels at 96 dpi


class RemovedBar(ttk.Frame):
    """Shows what happened and why, with a button to join again. The owner grids it; it hides itself."""

    def __init__(self, master: tk.Misc, theme: Theme, on_join: Callable[[], object]) -> None:
        super().__init__(master, style="Dangerbg.TFrame")
        px = theme.px
        self._theme = theme
        self._title = self._reason = ""
        self._icon = ttk.Label(self, style="Dangerbg.TLabel")
        self._title_label = ttk.Label(self, style="Bold.Dangerbg.TLabel")
        self._reason_label = ttk.Label(self, style="Muted.Dangerbg.TLabel")
        self.join = ttk.Button(self, text="Join again", style="Small.Dangerbg.TButton", command=on_join)
        self._icon.grid(row=0, column=0, rowspan=2, padx=px(12))
        self._title_label.grid(row=0, column=1, sticky="sw", pady=(px(6), 0))
        self._reason_label.grid(row=1, column=1, sticky="nw", pady=(0, px(6)))
        self.join.grid(row=0, column=2, rowspan=2, padx=px(8))
        self.columnconfigure(1, weight=1)
        self._tooltip = Tooltip(self._reason_label, theme)
        self._reason_label.bind("<Enter>", lambda event: self._tooltip.show(self._reason))
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show(self, conversation: Conversation | None) -> None:
        """Show why the user is not in this channel; hide if they were not removed from it."""
        removal = conversation.removal if conversation is not None else None
        if removal is None:
            self.grid_remove()
            return
        self._title, self._reason = removal.text, removal.reason
        self._title_label.grid_configure(
            rowspan=1 if removal.reason else 2, sticky="sw" if removal.reason else "w"
        )
        self.grid()
        self._fit()

    def _paint(self) -> None:
        self._icon.configure(image=self._theme.icon("door", "danger", ICON))
        self._fit()

    def _fit(self) -> None:
        px, fonts = self._theme.px, self._theme.fonts
        width = max(self.winfo_width() - self.join.winfo_reqwidth() - px(ICON + 44), 0)
        self._title_label.configure(text=shorten(self._title, fonts["ChatBold"].measure, width))
        self._reason_label.configure(text=shorten(self._reason, fonts["ChatSmall"].measure, width))
