"""The fields for a proxy: which kind, its address, and the login that it may need."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from urllib.parse import quote

from chatapp.client.login import SYSTEM_PROXY
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import TEXT_WIDTH, ChoiceField, Field
from chatapp.gui.widgets.password_field import PasswordField
from chatapp.languages.translation import N_, _
from chatapp.protocol.proxy_address import PORTS, BadProxy, ProxyAddress, ProxyKind

DIRECT, SYSTEM = N_("No proxy"), N_("Same as system")
KINDS: dict[str, ProxyKind] = {"SOCKS5": "socks5", "HTTP": "http"}
GAP = 14  # between two fields, in pixels at 96 dpi


class ProxyFields(ttk.Frame):
    """A choice; the fields of an address stand below it if they are needed.

    Args:
        width: In pixels at 96 dpi.
        on_resize: Called when fields have appeared or gone.

    Attributes:
        fields: The fields by their key; the errors of a proxy are shown below the one called `proxy`.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        width: int = TEXT_WIDTH,
        on_resize: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(master)
        self._on_resize = on_resize
        self._gap = theme.px(GAP)
        self.columnconfigure(0, weight=1)
        self._direct, self._system = _(DIRECT), _(SYSTEM)
        self.choice = ChoiceField(self, theme, _("Proxy"), [self._direct, self._system, *KINDS])
        self.fields = {
            "proxy": Field(self, theme, _("Proxy address"), _example(1080), width=width),
            "proxy-user": Field(self, theme, _("Proxy user name"), _("if it needs one"), width=width),
            "proxy-password": PasswordField(self, theme, _("Proxy password"), width=width),
        }
        self._error = ttk.Label(self, style="Danger.TLabel", justify="left", wraplength=theme.px(width))
        self.choice.grid(row=0, sticky="ew")
        self.choice.entry.bind("<<ComboboxSelected>>", lambda event: self._on_choose(), add=True)

    @property
    def value(self) -> str:
        """The proxy as in `Login.proxy`. It is not valid if a field is not; connecting says why."""
        if self.choice.value in (self._direct, self._system):
            return SYSTEM_PROXY if self.choice.value == self._system else ""
        values = {name: field.value for name, field in self.fields.items()}
        kind, place = KINDS[self.choice.value], values["proxy"]
        if "://" in place:
            return place
        login = ":".join(quote(values[name], safe="") for name in ("proxy-user", "proxy-password"))
        typed = f"{kind}://{login if login != ':' else ''}@{place}"
        try:
            return str(ProxyAddress.parse(typed))
        except BadProxy:
            return typed

    def show(self, proxy: str) -> None:
        """Show a proxy as in `Login.proxy`."""
        self.clear_error()
        try:
            found = ProxyAddress.parse(proxy)
        except BadProxy:
            self.choice.value = self._system if proxy == SYSTEM_PROXY else self._direct
        else:
            self.choice.value = next(label for label, kind in KINDS.items() if kind == found.kind)
            self.fields["proxy"].value = found.place
            self.fields["proxy-user"].value = found.user
            self.fields["proxy-password"].value = found.password
        self._place_fields()

    @property
    def error(self) -> str:
        """The error shown at the moment, "" for none."""
        return self.fields["proxy"].error or (
            str(self._error.cget("text")) if self._error.winfo_manager() else ""
        )

    def show_error(self, text: str) -> None:
        """Show what is wrong with the proxy, below its address or below the choice."""
        if self.choice.value in KINDS:
            self.fields["proxy"].show_error(text)
        else:
            self._error.configure(text=text)
            self._error.grid(row=1, sticky="ew")
            self.choice.entry.focus_set()

    def clear_error(self) -> None:
        """Hide all errors."""
        self._error.grid_forget()
        for field in self.fields.values():
            field.clear_error()

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable all fields."""
        for entry in (self.choice.entry, *(field.entry for field in self.fields.values())):
            entry.state(["disabled" if disabled else "!disabled"])

    def _on_choose(self) -> None:
        self.clear_error()
        self._place_fields()
        self._on_resize()

    def _place_fields(self) -> None:
        kind = KINDS.get(self.choice.value)
        for row, field in enumerate(self.fields.values(), 2):
            if kind is None:
                field.grid_forget()
            else:
                field.grid(row=row, sticky="ew", pady=(self._gap, 0))
        if kind is not None:
            self.fields["proxy"].show_hint(_example(PORTS[kind]))


def _example(port: int) -> str:
    return _("such as {address}").format(address=f"proxy.example:{port}")
