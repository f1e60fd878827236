"""The head of the sidebar: name of the network, state of the connection, a button to invite people."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.network import Network, NetworkState, Privacy
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip

StatusLine = tuple[str, str, str]  # label role, icon, text

STATES: dict[NetworkState, StatusLine] = {
    "offline": ("Muted", "ring", "Not connected"),
    "connecting": ("Warn", "ring", "Connecting…"),
    "registering": ("Warn", "ring", "Connecting…"),
    "online": ("Ok", "disc", "Connected as {nick}"),
    "waiting": ("Danger", "ring", "Connection lost"),
}
# Nothing is shown for a server on this computer
PRIVACIES: dict[Privacy, StatusLine] = {
    "encrypted": ("Muted", "lock", "Encrypted"),
    "open": ("Warn", "unlock", "Not encrypted"),
}
ICON = 12  # pixels at 96 dpi
INVITE_TIP = "Copy an invite link"


class NetworkHeader(ttk.Frame):
    """Name, state, privacy, and an Invite button while connected.

    Args:
        on_invite: Called when the button is pressed.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_invite: Callable[[], object]) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        self._theme = theme
        self._texts = {"name": "", "state": "", "privacy": ""}
        self._name_label = ttk.Label(self, style="Header.Sidebar.TLabel")
        self._state_label, self._privacy_label = (
            ttk.Label(self, compound="left"),
            ttk.Label(self, compound="left"),
        )
        self.invite = ttk.Button(self, text="Invite", style="SmallQuiet.Sidebar.TButton", command=on_invite)
        Tooltip(self.invite, theme, INVITE_TIP)
        self._name_label.grid(row=0, column=0, sticky="w")
        self._state_label.grid(row=1, column=0, columnspan=2, sticky="w", pady=(theme.px(2), 0))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, minsize=theme.px(28))
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._fit)

    def show(self, network: Network) -> None:
        """Show the current state of this network."""
        online = network.state == "online"
        self._texts["name"] = network.name or "Chat"
        self._show_line(self._state_label, STATES[network.state], "state", network.nick)
        privacy = PRIVACIES.get(network.privacy) if online else None
        if privacy:
            self._show_line(self._privacy_label, privacy, "privacy")
            self._privacy_label.grid(row=2, column=0, columnspan=2, sticky="w")
        else:
            self._privacy_label.grid_forget()
        if online:
            self.invite.grid(row=0, column=1, sticky="e")
        else:
            self.invite.grid_forget()
        self._fit()

    def _show_line(self, label: ttk.Label, line: StatusLine, key: str, nick: str = "") -> None:
        role, icon, text = line
        self._texts[key] = text.format(nick=nick)
        image = self._theme.icon(icon, role.lower(), ICON)
        label.configure(style=f"{role}.Sidebar.TLabel", image=image)

    def _fit(self) -> None:
        """Shorten the texts to the available width."""
        px, fonts = self._theme.px, self._theme.fonts
        width = self.winfo_width()
        button = self.invite.winfo_reqwidth() + px(4) if self.invite.winfo_manager() else 0
        measure, measure_small = fonts["ChatHeader"].measure, fonts["ChatSmall"].measure
        self._name_label.configure(text=shorten(self._texts["name"], measure, width - button))
        for key, label in (("state", self._state_label), ("privacy", self._privacy_label)):
            label.configure(text=shorten(f" {self._texts[key]}", measure_small, width - px(ICON) - px(4)))
