"""Name of the chat, who can join, sharing and closing: the first part of the page "This server"."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from chatapp.client.model.server_overview import ServerSettings
from chatapp.gui.settings.server_protect import ProtectFirst
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.radio_cards import Choice, RadioCards
from chatapp.gui.widgets.switch import Switch
from chatapp.gui.widgets.widget_paths import has_focus
from chatapp.gui.widgets.wrapping import EDGES, wrap_control
from chatapp.languages.translation import N_, _
from chatapp.protocol.server_access import Access

ACCESS: dict[str, Access] = {"everyone": "everyone", "invite": "invite", "accounts": "accounts"}
CHOICES = (
    Choice("everyone", N_("Anybody on this network"), N_("They see the chat in their list")),
    Choice("invite", N_("Anybody with an invite link or code"), N_("You can revoke each code")),
    Choice("accounts", N_("Accounts only"), N_("Names with a password; guests cannot come back")),
)
INDENT = 50  # of what explains a switch, in pixels at 96 dpi
NAME, ACCESS_KEY, SHARING, CLOSED = "name", "access", "sharing", "closed"
NETWORK_OFF = N_("Only this computer can connect.")


@dataclass(frozen=True, slots=True)
class AccessHandlers:
    """What an owner changes."""

    on_name: Callable[[str], object]
    on_access: Callable[[Access], object]
    on_sharing: Callable[[bool], object]
    on_closed: Callable[[bool], object]
    on_protect: Callable[[str, str], object]
    """Protect the own name with a password and perhaps an invite code, see `ProtectFirst`."""


class ServerAccess(ttk.Frame):
    """Every change acts at once. A refused one returns to what it was, with the reason under it."""

    def __init__(self, master: tk.Misc, theme: Theme, handlers: AccessHandlers) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self._handlers = handlers
        self._shown = ServerSettings()
        self._problems: dict[str, ttk.Label] = {}
        self._rows: dict[str, int] = {}  # of the problems
        self.protect = ProtectFirst(self, theme, handlers.on_protect)
        self.columnconfigure(0, weight=1)
        self._heading(_("Name of the chat"), 0)
        self.name = ttk.Entry(self, font="ChatBody")
        self.name.grid(sticky="ew", pady=(px(4), 0))
        self._problem(NAME)
        self._heading(_("Who can join"), px(12))
        self.access = RadioCards(self, theme, _choices(), self._choose_access, has_boxes=False)
        self.access.grid(sticky="ew", pady=(px(4), 0))
        self._problem(ACCESS_KEY)
        self.closed = Switch(self, theme, _("Closed: no new people for now"), handlers.on_closed)
        self.closed.grid(sticky="w", pady=(px(6), 0))
        self._problem(CLOSED)
        self.sharing = Switch(self, theme, _("Share on this network"), handlers.on_sharing)
        self.sharing.grid(sticky="w")
        self.sharing_note = ttk.Label(self, text=_(NETWORK_OFF), style="Muted.TLabel", justify="left")
        self.sharing_note.grid(sticky="w", padx=(theme.px(theme.grown(INDENT)), 0))
        self._problem(SHARING)
        for event in ("<Return>", "<KP_Enter>", "<FocusOut>"):
            self.name.bind(event, lambda event: self._change_name(), add=True)
        self.name.bind("<Escape>", lambda event: self._revert_name())
        self.bind("<Configure>", lambda event: self._wrap(event.width))

    def show(self, settings: ServerSettings) -> None:
        """Show the settings. A name that is being typed stays."""
        if self.name.get() == self._shown.name or not has_focus(self.name):
            self._set_name(settings.name)
        self._shown = settings
        self.access.show(_choices(), settings.access)
        self.closed.show(settings.closed)
        self.sharing.show(settings.sharing)
        (self.sharing_note.grid_remove if settings.sharing else self.sharing_note.grid)()

    def show_problem(self, setting: str, text: str) -> None:
        """Show why a setting was not changed, and the old value; an empty text hides the reason."""
        label = self._problems[setting]
        label.configure(text=text)
        if text:
            label.grid()
            if setting == NAME:
                self._set_name(self._shown.name)
            self.show(self._shown)
        else:
            label.grid_remove()

    def ask_to_protect(self, setting: str) -> None:
        """Show the old value of a setting, and a form that protects the name of the user below it."""
        self.show_problem(setting, "")
        self.show(self._shown)
        self.protect.ask(self._rows[setting])

    def problem(self, setting: str) -> str:
        """Return the reason that is shown for a setting; empty for none."""
        return str(self._problems[setting].cget("text"))

    def _heading(self, text: str, above: int) -> None:
        ttk.Label(self, text=text, style="Bold.TLabel").grid(sticky="w", pady=(above, 0))

    def _problem(self, setting: str) -> None:
        label = self._problems[setting] = ttk.Label(self, style="Danger.TLabel", justify="left")
        label.grid(sticky="w", pady=(self._theme.px(2), 0))
        self._rows[setting] = int(label.grid_info()["row"])
        label.grid_remove()

    def _set_name(self, name: str) -> None:
        if self.name.get() != name:
            self.name.delete(0, "end")
            self.name.insert(0, name)

    def _change_name(self) -> None:
        typed = " ".join(self.name.get().split())
        if not typed:
            self._set_name(self._shown.name)
        elif typed != self._shown.name:
            self._handlers.on_name(typed)

    def _revert_name(self) -> str:
        """Discard what was typed; the next Escape leaves the field."""
        if self.name.get() == self._shown.name:
            self.winfo_toplevel().focus_set()
        self._set_name(self._shown.name)
        return "break"

    def _choose_access(self, key: str) -> None:
        self._handlers.on_access(ACCESS[key])

    def _wrap(self, width: int) -> None:
        for label in self._problems.values():
            label.configure(wraplength=max(width - EDGES, 1))
        indent = self._theme.px(self._theme.grown(INDENT))
        self.sharing_note.configure(wraplength=max(width - indent - EDGES, 1))
        for switch in (self.closed, self.sharing):
            wrap_control(switch, width)


def _choices() -> list[Choice]:
    """Return who can join, in the language that is chosen."""
    return [Choice(each.key, _(each.text), _(each.detail)) for each in CHOICES]
