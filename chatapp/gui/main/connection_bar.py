"""The bar above the composer that is shown while there is no connection."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from math import ceil
from tkinter import ttk

from chatapp.client.model.network import Network
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip


class ConnectionBar(ttk.Frame):
    """Shows when the next attempt is, with a button to try now. The owner grids it; it hides itself.

    Args:
        on_press: Called when the button is pressed.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_press: Callable[[], object]) -> None:
        super().__init__(master, style="Hover.TFrame")
        px = theme.px
        self._theme = theme
        self._text = ""
        self._label = ttk.Label(self, style="Warn.Hover.TLabel")
        self.button = ttk.Button(self, style="Small.Hover.TButton", command=on_press)
        self._label.grid(row=0, column=0, sticky="w", padx=px(12), pady=px(8))
        self.button.grid(row=0, column=1, padx=px(6), pady=px(4))
        self.columnconfigure(0, weight=1)
        self._tooltip = Tooltip(self._label, theme)
        self._label.bind("<Enter>", lambda event: self._tooltip.show(self._text))
        self.bind("<Configure>", lambda event: self._fit())

    def show(self, network: Network, now: float) -> None:
        """Show the state of the connection, or hide.

        Args:
            now: Unix seconds.
        """
        text = status_text(network, now)
        if not text:
            self.grid_remove()
        elif text != self._text or not self.winfo_manager():
            self.button.configure(text="Now" if network.state == "waiting" else "Connect…")
            self.button.state(["!disabled" if network.state in ("waiting", "offline") else "disabled"])
            self.grid()
        self._text = text
        self._fit()

    def _fit(self) -> None:
        width = self.winfo_width() - self.button.winfo_reqwidth() - self._theme.px(36)
        text = shorten(self._text, self._theme.fonts["ChatSmall"].measure, max(width, 0))
        if text != self._label.cget("text"):
            self._label.configure(text=text)


def status_text(network: Network, now: float) -> str:
    """Return the text of the bar; "" while connected, or while there is nothing to be disconnected from."""
    if network.state == "online" or not (network.conversations or network.state == "offline"):
        return ""
    if network.state == "waiting":
        text = f"⚠ Connection lost. Trying again in {max(0, ceil((network.retry_at or now) - now))} s."
    elif network.state == "offline":
        text = "⚠ Not connected."
    else:
        return "⚠ Connection lost. Trying again…"
    return f"{text} {network.problem}".rstrip()
