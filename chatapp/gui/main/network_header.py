"""The head of the left side: which network this is, how the connection stands, a button to invite others."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.network import Network, NetworkState, Privacy
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shortened
from chatapp.gui.widgets.tooltip import Tooltip

Line = tuple[str, str, str]  # label role, icon, words

STATES: dict[NetworkState, Line] = {
    "offline": ("Muted", "ring", "Not connected"),
    "connecting": ("Warn", "ring", "Connecting…"),
    "registering": ("Warn", "ring", "Connecting…"),
    "online": ("Ok", "disc", "Connected as {nick}"),
    "waiting": ("Danger", "ring", "Connection lost"),
}
# Whether others can read along; on this computer nobody has to be told
PRIVACIES: dict[Privacy, Line] = {
    "encrypted": ("Muted", "lock", "Encrypted"),
    "open": ("Warn", "unlock", "Not encrypted"),
}
ICON = 12  # pixels at 96 dpi
INVITE_TIP = "Copy a link that brings others here"


class NetworkHeader(ttk.Frame):
    """Name, state, privacy, and a button while we are connected.

    Takes  on_invite: others shall be invited
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_invite: Callable[[], object]) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        self._theme = theme
        self._texts = {"name": "", "state": "", "privacy": ""}
        self._name = ttk.Label(self, style="Header.Sidebar.TLabel")
        self._state, self._privacy = ttk.Label(self, compound="left"), ttk.Label(self, compound="left")
        self.invite = ttk.Button(self, text="Invite", style="Quiet.Sidebar.TButton", command=on_invite)
        Tooltip(self.invite, theme, INVITE_TIP)
        self._name.grid(row=0, column=0, sticky="w")
        self._state.grid(row=1, column=0, columnspan=2, sticky="w", pady=(theme.px(2), 0))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, minsize=theme.px(28))
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._fit)

    def show(self, network: Network) -> None:
        """Show how we stand with this network now."""
        online = network.state == "online"
        self._texts["name"] = network.name or "Chat"
        self._show_line(self._state, STATES[network.state], "state", network.nick)
        privacy = PRIVACIES.get(network.privacy) if online else None
        if privacy:
            self._show_line(self._privacy, privacy, "privacy")
            self._privacy.grid(row=2, column=0, columnspan=2, sticky="w")
        else:
            self._privacy.grid_forget()
        if online:
            self.invite.grid(row=0, column=1, sticky="e")
        else:
            self.invite.grid_forget()
        self._fit()

    def _show_line(self, label: ttk.Label, line: Line, key: str, nick: str = "") -> None:
        role, icon, words = line
        self._texts[key] = words.format(nick=nick)
        image = self._theme.icon(icon, role.lower(), ICON)
        label.configure(style=f"{role}.Sidebar.TLabel", image=image)

    def _fit(self) -> None:
        """Cut the texts to the width there is."""
        px, fonts = self._theme.px, self._theme.fonts
        room = self.winfo_width()
        beside = self.invite.winfo_reqwidth() + px(4) if self.invite.winfo_manager() else 0
        measure, measure_small = fonts["ChatHeader"].measure, fonts["ChatSmall"].measure
        self._name.configure(text=shortened(self._texts["name"], measure, room - beside))
        for key, label in (("state", self._state), ("privacy", self._privacy)):
            label.configure(text=shortened(f" {self._texts[key]}", measure_small, room - px(ICON) - px(4)))
