"""The bar above the composer that is there only while we are not connected."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from math import ceil
from tkinter import ttk

from chatapp.client.model.network import Network
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shortened
from chatapp.gui.widgets.tooltip import Tooltip


class ConnectionBar(ttk.Frame):
    """Says when the next try is, with a button to try at once. Its owner grids it, it hides itself."""

    def __init__(self, master: tk.Misc, theme: Theme, on_now: Callable[[], object]) -> None:
        super().__init__(master, style="Hover.TFrame")
        px = theme.px
        self._theme = theme
        self._words = ""
        self._label = ttk.Label(self, style="Warn.Hover.TLabel")
        self.now = ttk.Button(self, style="Hover.TButton", command=on_now)
        self._label.grid(row=0, column=0, sticky="w", padx=px(12), pady=px(8))
        self.now.grid(row=0, column=1, padx=px(6), pady=px(4))
        self.columnconfigure(0, weight=1)
        self._tip = Tooltip(self._label, theme)
        self._label.bind("<Enter>", lambda event: self._tip.show(self._words))
        self.bind("<Configure>", lambda event: self._fit())

    def show(self, network: Network, now: float) -> None:
        """Show how the connection stands at this time."""
        words = said(network, now)
        if not words:
            self.grid_remove()
        elif words != self._words or not self.winfo_manager():
            self.now.configure(text="Now" if network.state == "waiting" else "Connect…")
            self.now.state(["!disabled" if network.state in ("waiting", "offline") else "disabled"])
            self.grid()
        self._words = words
        self._fit()

    def _fit(self) -> None:
        room = self.winfo_width() - self.now.winfo_reqwidth() - self._theme.px(36)
        words = shortened(self._words, self._theme.fonts["ChatSmall"].measure, max(room, 0))
        if words != self._label.cget("text"):
            self._label.configure(text=words)


def said(network: Network, now: float) -> str:
    """What the bar says; nothing when all is well, or there is nothing yet to be cut off from."""
    if network.state == "online" or not (network.conversations or network.state == "offline"):
        return ""
    if network.state == "waiting":
        words = f"⚠ Connection lost. Trying again in {max(0, ceil((network.retry_at or now) - now))} s."
    elif network.state == "offline":
        words = "⚠ Not connected."
    else:
        return "⚠ Connection lost. Trying again…"
    return f"{words} {network.problem}".rstrip()
