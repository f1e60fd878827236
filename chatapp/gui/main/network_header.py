"""The head of the sidebar: the name of the chat with its menu, how private it is, and "New message"."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.network import Network, Privacy
from chatapp.gui.main.server_tiles import name_of
from chatapp.gui.main.unread_counts import capped_count
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import N_, _

HEIGHT = 48  # pixels at 96 dpi
CHEVRON, LOCK = 14, 14  # pixels at 96 dpi
BADGE = 18  # height, in pixels at 96 dpi
ELSEWHERE = N_("Mentions and direct messages on other servers, which are in the menu")
SHORTEST = "MM…"  # the name needs this room
NAME_STYLE = "Name.Quiet.Sidebar.TButton"

# Icon, its colour role, and what it means. Nothing is shown for a server on this computer
PRIVACIES: dict[Privacy, tuple[str, str, str]] = {
    "encrypted": ("lock", "muted", N_("Encrypted: nobody between you and the server can read your messages")),
    "open": ("unlock", "warn", N_("Not encrypted: others on the network can read what you write")),
}
PRIVACY_LABELS: dict[Privacy, str] = {
    "encrypted": N_("Connection: encrypted"),
    "open": N_("Connection: not encrypted"),
}
"""The same in few words."""


class NetworkHeader(ttk.Frame):
    """Name, lock, and a pencil while connected.

    Args:
        on_menu: Called with screen coordinates for the menu of the chat.
        on_write: Called when the pencil is pressed.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_menu: Callable[[int, int], object],
        on_write: Callable[[], object],
    ) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        px = theme.px
        self._theme = theme
        self._on_menu = on_menu
        self._name = ""
        self._privacy: tuple[str, str, str] | None = None
        self._elsewhere = 0
        self._is_online = False
        self.name = ttk.Button(self, style=NAME_STYLE, compound="right", command=self._open_menu)
        self.lock = ttk.Label(self, style="Sidebar.TLabel")
        self.elsewhere = ttk.Label(self, style="Sidebar.TLabel", compound="center", font="ChatTinyBold")
        self._elsewhere_tip = Tooltip(self.elsewhere, theme, _(ELSEWHERE))
        self.write = IconButton(self, theme, "pencil", _("New message"), on_write, "Sidebar.", key="Ctrl+N")
        self._name_tip, self._lock_tip = Tooltip(self.name, theme), Tooltip(self.lock, theme)
        self.name.grid(row=0, column=0, sticky="w", padx=(px(8), 0))
        self.lock.grid(row=0, column=1, sticky="w", padx=(px(2), 0))
        self.elsewhere.grid(row=0, column=2, sticky="w", padx=(px(4), 0))
        self.elsewhere.grid_remove()
        self.write.grid(row=0, column=3, padx=(px(4), px(8)))
        self.write.grid_remove()
        self.columnconfigure(2, weight=1)
        self.rowconfigure(0, minsize=px(HEIGHT))
        self.lock.bind("<Enter>", lambda event: self._lock_tip.show(self.privacy_text))
        self.name.bind("<Enter>", lambda event: self._show_whole_name())
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._restyle)

    def show(self, network: Network) -> None:
        """Show the current state of this network."""
        before = self._name, self._privacy, self._is_online
        online = self._is_online = network.state == "online"
        self._name = name_of(network)
        self._privacy = PRIVACIES.get(network.privacy) if online else None
        if (self._name, self._privacy, online) == before:
            return
        self._paint()

    def show_elsewhere(self, number: int) -> None:
        """Show how many mentions and direct messages the servers have that are only in the menu."""
        if number == self._elsewhere:
            return
        self._elsewhere = number
        if number:
            self.elsewhere.grid()
        else:
            self.elsewhere.grid_remove()
        self._paint()

    @property
    def privacy_text(self) -> str:
        """What the lock means; "" without one."""
        return _(self._privacy[2]) if self._privacy else ""

    def _open_menu(self) -> None:
        self._on_menu(self.name.winfo_rootx(), self.name.winfo_rooty() + self.name.winfo_height())

    def _show_whole_name(self) -> None:
        """Say in the tooltip what has no room: the whole name, and what the lock means."""
        name = self._name if self.name.cget("text") != self._name else ""
        privacy = "" if self.lock.winfo_manager() else self.privacy_text
        self._name_tip.show("\n".join(filter(None, (name, privacy))))

    def _restyle(self) -> None:
        """Set what only a change of the theme changes: with a style, Tk draws every widget again."""
        ttk.Style(self).configure(NAME_STYLE, font="ChatHeader", anchor="w")
        self._paint()

    def _paint(self) -> None:
        theme = self._theme
        self.name.configure(image=theme.icon("chevron-down", "muted", theme.grown(CHEVRON)))
        if self._privacy:
            self.lock.configure(image=theme.icon(*self._privacy[:2], theme.grown(LOCK)))
        if self._elsewhere:
            text, font = capped_count(self._elsewhere), theme.fonts["ChatTinyBold"]
            height = max(theme.px(BADGE), font.metrics("linespace"))
            width = max(font.measure(text) + theme.px(10), height)
            box = theme.box(width, height, height / theme.scale / 2, "badge")
            self.elsewhere.configure(text=text, image=box, foreground=theme.colours.on_badge)
        self._fit()

    def _fit(self) -> None:
        """Shorten the name to the available width. The arrow always stays: this menu has every server.

        The lock gives way to the name; the open lock, which warns, only to a name that would be unreadable.
        So does the pencil, as the heading of the direct messages has a button for the same.
        """
        px, measure = self._theme.px, self._theme.fonts["ChatHeader"].measure
        pencil = self.write.winfo_reqwidth() + px(12) if self._is_online else 0
        badge = self.elsewhere.winfo_reqwidth() + px(4) if self._elsewhere else 0
        room = self.winfo_width() - badge - px(8 + 2 * 8 + self._theme.grown(CHEVRON) + 6)
        has_pencil = bool(pencil) and room - pencil >= measure(SHORTEST)
        room -= pencil if has_pencil else 0
        lock = self.lock.winfo_reqwidth() + px(2) if self._privacy else 0
        least = measure("MMM…" if self._privacy and self._privacy[1] == "warn" else self._name)
        has_lock = bool(lock) and room - lock >= least
        room -= lock if has_lock else 0
        for part, is_shown in ((self.write, has_pencil), (self.lock, has_lock)):
            if is_shown:
                part.grid()
            else:
                part.grid_remove()
        self.name.configure(text=shorten(self._name, measure, room))
