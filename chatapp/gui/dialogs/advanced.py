"""The Advanced part of the connection dialog: port, real name, channels, server password, encryption."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.client.login import PORT, Encrypt
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import ChoiceField, Field

ENCRYPT: dict[Encrypt, str] = {
    "auto": "Automatic (optional on this computer)",
    "always": "Always",
    "never": "Never: others can read your messages",
}
WIDTH = 350  # pixels at 96 dpi


class AdvancedOptions(ttk.Frame):
    """The fields, one below the other."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master)
        self.columnconfigure(0, minsize=theme.px(WIDTH))
        self.fields = {
            "port": Field(self, theme, "Port", f"usually {PORT}", width=WIDTH),
            "realname": Field(self, theme, "Real name", "shown in your profile", width=WIDTH),
            "channels": Field(self, theme, "Channels to join", "such as #homework, #help", width=WIDTH),
            "server-password": Field(
                self, theme, "Server password", "if the server requires one", "•", width=WIDTH
            ),
        }
        self.choice = ChoiceField(self, theme, "Encryption (TLS)", list(ENCRYPT.values()))
        for row, each in enumerate((*self.fields.values(), self.choice)):
            each.grid(row=row, sticky="ew", pady=(theme.px(14) if row else 0, 0))

    @property
    def encrypt(self) -> Encrypt:
        """The chosen way to encrypt the connection."""
        return next(name for name, text in ENCRYPT.items() if text == self.choice.value)

    @encrypt.setter
    def encrypt(self, name: Encrypt) -> None:
        self.choice.value = ENCRYPT[name]

    @property
    def is_default(self) -> bool:
        """Whether all fields have their default values."""
        return self.encrypt == "auto" and not any(field.value for field in self.fields.values())

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable all fields."""
        state = ["disabled" if disabled else "!disabled"]
        self.choice.entry.state(state)
        for field in self.fields.values():
            field.entry.state(state)
