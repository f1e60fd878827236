"""The card at the bottom of the sidebar: who I am, whether I am away, and the way to the settings."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from chatapp.client.model.network import Network, NetworkState
from chatapp.client.model.person_status import own_status
from chatapp.gui.theme.avatars import Presence
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.canvas_button import CanvasButton, Face
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.popup import Area, area_of
from chatapp.gui.widgets.text_fit import shorten
from chatapp.languages.translation import N_, _

# Pixels at 96 dpi
HEIGHT = 56
AVATAR, AVATAR_LEFT, TEXT_GAP = 32, 8, 10
SHORTEST = "MM…"  # the name needs this room; with less, the picture beside it gives way

STATES: dict[NetworkState, str] = {
    "offline": N_("Not connected"),
    "connecting": N_("Connecting…"),
    "registering": N_("Connecting…"),
    "online": N_("Online"),
    "waiting": N_("Connection lost"),
}
ROLES: dict[NetworkState, str] = {"connecting": "warn", "registering": "warn", "waiting": "danger"}


class OwnCard(ttk.Frame):
    """Avatar with presence, name and state, which open a menu; beside them a gear.

    Args:
        on_menu: Called with the area of the card on the screen, for the menu.
        on_settings: Called when the gear is pressed.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_menu: Callable[[Area], object],
        on_settings: Callable[[], object],
    ) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        px = theme.px
        self._theme = theme
        self._on_menu = on_menu
        self._name = self._nick = self._state = ""
        self._presence: Presence = ""
        self._colour = 0
        self._state_role = "muted"
        self._is_cut = False  # whether name or state has no room
        ttk.Frame(self, style="Divider.TFrame", height=max(px(1), 1)).grid(row=0, columnspan=2, sticky="ew")
        self.card = CanvasButton(self, theme, self._open_menu, self._draw)
        self.settings = IconButton(
            self, theme, "gear", _("Settings"), on_settings, "Sidebar.", key="Ctrl+,", size=18
        )
        self.card.grid(row=1, column=0, sticky="nsew", padx=(px(4), 0), pady=px(4))
        self.settings.grid(row=1, column=1, padx=(px(2), px(8)))
        for event, is_below in (("<Enter>", False), ("<<TraverseIn>>", True)):
            self.card.bind(event, partial(self._show_whole, is_below), add=True)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        theme.watch(self, self._resize)

    def show(self, network: Network) -> None:
        """Show who we are on this network, and how the connection stands."""
        before = self._shown()
        is_online = network.state == "online"
        self._nick = network.nick
        self._colour = network.colour(network.nick)
        self._name = network.display_name(network.nick) if network.nick else ""
        self._presence = ("away" if network.away else "online") if is_online else ""
        self._state = _(STATES[network.state])
        if is_online:
            self._state = away_state(network) if network.away else own_status(network) or self._state
        self._state_role = ROLES.get(network.state, "muted")
        if network.is_stopped_here and network.state == "waiting":
            self._state, self._state_role = _(STATES["offline"]), "muted"
        if self._shown() != before:
            self.card.paint()

    def _shown(self) -> tuple[object, ...]:
        return self._nick, self._name, self._presence, self._state, self._state_role, self._colour

    def _open_menu(self) -> None:
        self._on_menu(area_of(self.card))

    def _show_whole(self, is_below: bool, event: tk.Event[tk.Misc]) -> None:
        """Say in the tooltip what has no room."""
        self.card.tooltip.show(f"{self._name}\n{self._state}" if self._is_cut else "", is_below=is_below)

    def _resize(self) -> None:
        px, fonts = self._theme.px, self._theme.fonts
        lines = fonts["ChatBold"].metrics("linespace") + fonts["ChatSmall"].metrics("linespace")
        self.card.configure(height=max(px(HEIGHT - 9), lines + px(8)))

    def _draw(self, face: Face) -> None:
        if not self._nick:
            return
        theme, px = self._theme, self._theme.px
        surface = "side_hover" if face.hovered else "sidebar"
        size = round(theme.grown(AVATAR))
        middle = face.height // 2
        left = px(AVATAR_LEFT + size + TEXT_GAP)
        measure = theme.fonts["ChatBold"].measure
        if face.width - left - px(4) < min(measure(self._name), measure(SHORTEST)):
            left = px(AVATAR_LEFT)
        else:
            avatar = theme.avatar(
                self._name,
                size,
                key=self._nick,
                colour=self._colour,
                presence=self._presence,
                surface=surface,
            )
            face.canvas.create_image(px(AVATAR_LEFT), middle, anchor="w", image=avatar)
        room = face.width - left - px(4)
        self._is_cut = False
        half = theme.fonts["ChatSmall"].metrics("linespace") // 2 + px(1)
        for text, font, role, y in (
            (self._name, "ChatBold", "text", middle - half),
            (self._state, "ChatSmall", self._state_role, middle + half),
        ):
            shown = shorten(text, theme.fonts[font].measure, room)
            self._is_cut = self._is_cut or shown != text
            face.canvas.create_text(left, y, anchor="w", font=font, fill=theme.colours.role(role), text=shown)


def away_state(network: Network) -> str:
    """Return `Away` with the reason if one is known."""
    return _("Away: {reason}").format(reason=network.away_text) if network.away_text else _("Away")
