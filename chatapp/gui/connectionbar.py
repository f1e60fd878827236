"""The bar above the composer that is there only while the connection is lost."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model import Network
from chatapp.gui.theme import Theme


class ConnectionBar(ttk.Frame):
    """Says when the next try is, and has a button to try at once. It takes its own place and leaves it."""

    def __init__(self, master: tk.Misc, theme: Theme, on_now: Callable[[], object]) -> None:
        super().__init__(master, style="Hover.TFrame")
        px = theme.px
        self._words = ttk.Label(self, style="Warn.Hover.TLabel")
        self.now = ttk.Button(self, text="Try now", style="Hover.TButton", command=on_now)
        self._words.pack(side="left", padx=px(12), pady=px(8))
        self.now.pack(side="right", padx=px(6), pady=px(4))

    def show(self, network: Network, now: float) -> None:
        """Show how the connection stands at this time."""
        words = said(network, now)
        if words:
            self._words.configure(text=words)
            self.now.state(["!disabled" if network.state == "waiting" else "disabled"])
            self.grid()
        else:
            self.grid_remove()


def said(network: Network, now: float) -> str:
    """What the bar says; nothing when all is well."""
    why = f"Connection lost: {network.problem}" if network.problem else "Connection lost."
    if network.state == "waiting" and network.retry_at is not None:
        return f"⚠ {why} Trying again in {max(0, round(network.retry_at - now))} s"
    if network.state in ("connecting", "registering"):
        return f"⚠ {why} Trying again…"
    return f"⚠ {why}" if network.state == "offline" and network.conversations else ""
