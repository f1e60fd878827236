"""What few people change in the first dialog, folded away: port, real name, channels, encryption."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.client.login import PORT, Encrypt
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Choice, Field

ENCRYPT: dict[Encrypt, str] = {
    "auto": "Automatic: always, but on this computer",
    "always": "Always",
    "never": "Never: others can read along",
}
WIDTH = 350  # pixels at 96 dpi


class AdvancedOptions(ttk.Frame):
    """Fields one below the other."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master)
        self.columnconfigure(0, minsize=theme.px(WIDTH))
        self.fields = {
            "port": Field(self, theme, "Port", f"usually {PORT}", width=WIDTH),
            "realname": Field(self, theme, "Real name", "shown to those who ask about you", width=WIDTH),
            "channels": Field(self, theme, "Channels to join", "such as #homework, #help", width=WIDTH),
            "server-password": Field(self, theme, "Server password", "if it wants one", "•", width=WIDTH),
        }
        self.choice = Choice(self, theme, "Encrypt (TLS)", list(ENCRYPT.values()))
        for row, each in enumerate((*self.fields.values(), self.choice)):
            each.grid(row=row, sticky="ew", pady=(theme.px(14) if row else 0, 0))

    @property
    def encrypt(self) -> Encrypt:
        """Whether the connection shall be encrypted."""
        return next(name for name, words in ENCRYPT.items() if words == self.choice.value)

    @encrypt.setter
    def encrypt(self, name: Encrypt) -> None:
        self.choice.value = ENCRYPT[name]

    @property
    def is_usual(self) -> bool:
        """Whether nothing in it was changed."""
        return self.encrypt == "auto" and not any(field.value for field in self.fields.values())

    def rest(self, resting: bool) -> None:
        """Whether nothing can be filled in just now."""
        state = ["disabled" if resting else "!disabled"]
        self.choice.entry.state(state)
        for field in self.fields.values():
            field.entry.state(state)
