"""The page of the first dialog with what most chats do not need: real name, port, channels, encryption."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from tkinter import ttk

from chatapp.client.login import PORT, Encrypt, Login
from chatapp.gui.dialogs.proxy_fields import ProxyFields
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import ChoiceField, Field
from chatapp.gui.widgets.password_field import PasswordField
from chatapp.languages.translation import N_, _
from chatapp.protocol.addresses import parse_port
from chatapp.protocol.names import as_channel

ENCRYPT: dict[Encrypt, str] = {
    "auto": N_("Automatic (optional on this computer)"),
    "always": N_("Always"),
    "never": N_("Never: others can read your messages"),
}
GAP = 14  # between two fields, in pixels at 96 dpi


class AdvancedOptions(ttk.Frame):
    """The fields, one below the other. What was not changed stays as the chosen chat has it.

    Args:
        width: In pixels at 96 dpi.
        on_resize: Called when fields have appeared or gone.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, width: int, on_resize: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(master)
        self.columnconfigure(0, weight=1, minsize=theme.px(width))
        self.fields = {
            "realname": Field(self, theme, _("Real name"), _("shown in your profile"), width=width),
            "port": Field(self, theme, _("Port"), _("usually {port}").format(port=PORT), width=width),
            "channels": Field(self, theme, _("Channels to join"), _("such as #homework, #help"), width=width),
            "server-password": PasswordField(
                self, theme, _("Server password"), _("if the server requires one"), width=width
            ),
        }
        self._ways = {way: _(label) for way, label in ENCRYPT.items()}
        self.choice = ChoiceField(self, theme, _("Encryption (TLS)"), list(self._ways.values()))
        self.proxy = ProxyFields(self, theme, width, on_resize)
        for row, each in enumerate((*self.fields.values(), self.choice, self.proxy)):
            each.grid(row=row, sticky="ew", pady=(theme.px(GAP) if row else 0, 0))
        self._shown = self._values()
        self.fields |= self.proxy.fields

    @property
    def encrypt(self) -> Encrypt:
        """The chosen way to encrypt the connection."""
        return next(name for name, text in self._ways.items() if text == self.choice.value)

    @encrypt.setter
    def encrypt(self, name: Encrypt) -> None:
        self.choice.value = self._ways[name]

    def fill(self, login: Login) -> None:
        """Show the values of a login."""
        self.fields["realname"].value = login.realname
        self.fields["server-password"].value = login.server_password
        self._shown |= {"realname": "", "server-password": ""}
        self.proxy.show(login.proxy)
        self.show_server(login)

    def show_server(self, login: Login) -> None:
        """Show the values of another server, but keep what the user has changed."""
        values = {
            "port": "" if login.port == PORT else str(login.port),
            "channels": ", ".join(login.channels),
        }
        for name, value in values.items():
            if self.fields[name].value == self._shown[name]:
                self.fields[name].value = self._shown[name] = value
        if self.choice.value == self._shown["encrypt"]:
            self.encrypt = login.encrypt
            self._shown["encrypt"] = self.choice.value

    def applied_to(self, login: Login, has_port: bool = False) -> Login | None:
        """Return a login with what was typed here; None if the port is not valid.

        Args:
            has_port: Whether the address names a port, which wins.
        """
        values, changed = self._values(), self._changed()
        login = replace(
            login, realname=values["realname"], server_password=values["server-password"],
            proxy=self.proxy.value,
        )  # fmt: skip
        if "port" in changed and not has_port:
            port = parse_port(values["port"] or str(PORT))
            if port is None:
                return None
            login = replace(login, port=port)
        if "channels" in changed:
            names = values["channels"].replace(",", " ").split()
            login = replace(login, channels=tuple(map(as_channel, names)))
        if "encrypt" in changed:
            login = replace(login, encrypt=self.encrypt)
        return login

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable all fields."""
        self.choice.entry.state(["disabled" if disabled else "!disabled"])
        self.proxy.set_disabled(disabled)
        for field in self.fields.values():
            field.entry.state(["disabled" if disabled else "!disabled"])

    def _values(self) -> dict[str, str]:
        fields = {name: field.value for name, field in self.fields.items() if name not in self.proxy.fields}
        return fields | {"encrypt": self.choice.value}

    def _changed(self) -> set[str]:
        return {name for name, value in self._values().items() if value != self._shown.get(name, "")}
