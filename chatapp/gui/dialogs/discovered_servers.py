"""Buttons for the servers found on this network, below the server field of the connection dialog."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.client.login import PORT
from chatapp.gui.theme.theme import Theme
from chatapp.protocol.addresses import join_host_port
from chatapp.protocol.dnssd import Offer

MAX_SERVERS = 20  # servers that are offered
MAX_BUTTONS = 4  # servers with a button; the others are only in the list of the server field
MAX_NAME = 32  # characters of a name; anybody on the network may announce any name
STYLE = "Discovered.TButton"


class DiscoveredServers(ttk.Frame):
    """The buttons.

    Args:
        on_choose: Called with the label of the clicked server.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_choose: Callable[[str], object]) -> None:
        super().__init__(master)
        self._theme = theme
        self._on_choose = on_choose
        self.buttons: dict[str, ttk.Button] = {}
        ttk.Label(self, text="Found on this network", style="Muted.TLabel").pack(anchor="w")
        theme.watch(self, self._paint)

    def show(self, labels: Sequence[str]) -> None:
        """Show these servers; buttons of servers that are shown already stay, with the keyboard focus."""
        wanted = labels[:MAX_BUTTONS]
        for label in [label for label in self.buttons if label not in wanted]:
            self.buttons.pop(label).destroy()
        for label in wanted:
            if label not in self.buttons:
                button = ttk.Button(self, text=f" {label}", style=STYLE, compound="left")
                button.configure(command=partial(self._on_choose, label))
                self.buttons[label] = button
            self.buttons[label].pack_forget()
            self.buttons[label].pack(fill="x", pady=(self._theme.px(4), 0))
        self._paint()

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable all buttons."""
        for button in self.buttons.values():
            button.state(["disabled" if disabled else "!disabled"])

    def _paint(self) -> None:
        ttk.Style(self).configure(STYLE, anchor="w")
        for button in self.buttons.values():
            button.configure(image=self._theme.icon("disc", "ok", 12))


def server_choices(offers: Sequence[Offer]) -> dict[str, str]:
    """Return label -> `host:port` of each server; servers without a usable address are left out."""
    found: dict[str, str] = {}
    for offer in offers[:MAX_SERVERS]:
        host = _usable_address(offer.addresses)
        if host:
            address = join_host_port(host, offer.port)
            shown = host if offer.port == PORT else address
            found[f"{_cleaned(offer.network)} · {shown}"] = address
    return found


def _usable_address(addresses: Sequence[str]) -> str:
    """Return an address that needs no interface: IPv4, or else IPv6 that is not link-local."""
    four = [each for each in addresses if ":" not in each]
    six = [each for each in addresses if ":" in each and not each.lower().startswith("fe80:")]
    return next(iter([*four, *six]), "")


def _cleaned(name: str) -> str:
    """Return a name on one line, without invisible characters, of at most MAX_NAME characters."""
    text = " ".join("".join(each if each.isprintable() else " " for each in name).split())
    return text if len(text) <= MAX_NAME else f"{text[: MAX_NAME - 1]}…"
