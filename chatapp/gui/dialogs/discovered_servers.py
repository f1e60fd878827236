"""The servers that were found on this network: a button for each, in the first dialog below the server."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.client.login import PORT
from chatapp.gui.theme.theme import Theme
from chatapp.protocol.addresses import join_host_port
from chatapp.protocol.dnssd import Offer

MOST = 20  # servers that are offered
BUTTONS = 4  # of them with a button; the others are in the list alone
LONGEST = 32  # characters of a name; anybody on the network may announce any
STYLE = "Nearby.TButton"


class DiscoveredServers(ttk.Frame):
    """Takes  on_choose: called with the words of the server that was clicked"""

    def __init__(self, master: tk.Misc, theme: Theme, on_choose: Callable[[str], object]) -> None:
        super().__init__(master)
        self._theme = theme
        self._on_choose = on_choose
        self.buttons: dict[str, ttk.Button] = {}
        ttk.Label(self, text="Found on this network", style="Muted.TLabel").pack(anchor="w")
        theme.watch(self, self._paint)

    def show(self, named: Sequence[str]) -> None:
        """Show these servers; those that are there already keep their buttons, and the keyboard."""
        wanted = named[:BUTTONS]
        for words in [words for words in self.buttons if words not in wanted]:
            self.buttons.pop(words).destroy()
        for words in wanted:
            if words not in self.buttons:
                button = ttk.Button(self, text=f" {words}", style=STYLE, compound="left")
                button.configure(command=partial(self._on_choose, words))
                self.buttons[words] = button
            self.buttons[words].pack_forget()
            self.buttons[words].pack(fill="x", pady=(self._theme.px(4), 0))
        self._paint()

    def rest(self, resting: bool) -> None:
        """Whether none can be chosen just now."""
        for button in self.buttons.values():
            button.state(["disabled" if resting else "!disabled"])

    def _paint(self) -> None:
        ttk.Style(self).configure(STYLE, anchor="w")
        for button in self.buttons.values():
            button.configure(image=self._theme.icon("disc", "ok", 12))


def named(offers: Sequence[Offer]) -> dict[str, str]:
    """What people read of each server, and its `host:port`. Servers that cannot be reached are left out."""
    found: dict[str, str] = {}
    for offer in offers[:MOST]:
        host = _reachable(offer.addresses)
        if host:
            address = join_host_port(host, offer.port)
            shown = host if offer.port == PORT else address
            found[f"{_cut(offer.network)} · {shown}"] = address
    return found


def _reachable(addresses: Sequence[str]) -> str:
    """An address that works without knowing on which interface: IPv4, else IPv6 that is not link-local."""
    four = [each for each in addresses if ":" not in each]
    six = [each for each in addresses if ":" in each and not each.lower().startswith("fe80:")]
    return next(iter([*four, *six]), "")


def _cut(name: str) -> str:
    """A name on one line, of a sensible length, with nothing in it that is not seen."""
    words = " ".join("".join(each if each.isprintable() else " " for each in name).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
