"""The page of a channel's settings that lists bans and mutes."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable
from tkinter import ttk

from chatapp.client.model.mask_matches import nick_of
from chatapp.client.model.model import ChannelBan
from chatapp.client.model.network import Network
from chatapp.client.model.profile import ago
from chatapp.client.outgoing.ban_masks import mute_prefix
from chatapp.gui.main.ban_texts import moment
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.row_list import RowList

HEIGHT = 320  # of the list, in pixels at 96 dpi
NOBODY = "Nobody is banned or muted here."
LOADING = "Loading…"
AT_ONCE = "Lift acts at once; Save is not needed for it."


class BanPage(ttk.Frame):
    """The list, and a button that lifts the chosen ban.

    Args:
        on_lift: Called with the mask of a ban to lift; None if the user may not lift bans.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_lift: Callable[[str], object] | None) -> None:
        super().__init__(master)
        px = theme.px
        self._on_lift = on_lift
        self._rows_shown: list[ListRow] = []
        self._chosen = ""
        self.rows = RowList(self, theme, "pane", self._choose, lambda key, x, y: self._choose(key), row=40)
        self.rows.canvas.configure(height=px(HEIGHT))
        self.rows.pack(fill="both", expand=True)
        self.detail = ttk.Label(self, style="Muted.TLabel", wraplength=px(430), justify="left")
        self.detail.pack(anchor="w", pady=(px(8), 0))
        self.problem = ttk.Label(self, style="Danger.TLabel", wraplength=px(430), justify="left")
        self.lift_button = ttk.Button(self, text="Lift", command=self._lift)
        self.lift_button.state(["disabled"])
        if on_lift is not None:
            self.lift_button.pack(side="right", pady=(px(8), 0))
            self.note = ttk.Label(self, text=AT_ONCE, style="Muted.TLabel")
            self.note.pack(side="left", pady=(px(8), 0))
        self.rows.show([], empty_text=LOADING)

    def show(self, network: Network, bans: Iterable[ChannelBan], now: float, problem: str = "") -> None:
        """Show the bans, or why they are not known."""
        self._rows_shown = [ban_row(network, ban, now) for ban in bans]
        if self._chosen not in [row.key for row in self._rows_shown]:
            self._chosen = ""
        self._paint()
        self.problem.configure(text=problem)
        if problem:
            self.problem.pack(side="left")
        else:
            self.problem.pack_forget()

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._paint()

    def _paint(self) -> None:
        self.rows.show(self._rows_shown, self._chosen, NOBODY)
        self.lift_button.state(["!disabled" if self._chosen else "disabled"])
        chosen = (row.detail for row in self._rows_shown if row.key == self._chosen)
        self.detail.configure(text=next(chosen, ""))

    def _lift(self) -> None:
        if self._chosen and self._on_lift is not None:
            self._on_lift(self._chosen)


def ban_row(network: Network, ban: ChannelBan, now: float) -> ListRow:
    """Return the row of a ban: whom it meets, who has set it, when it ends, why."""
    prefix = mute_prefix(network)
    is_mute = prefix != "" and ban.mask.startswith(prefix)
    mask = ban.mask.removeprefix(prefix) if is_mute else ban.mask
    facts = ["Muted" if is_mute else "Banned"]
    facts += [f"by {network.display_name(ban.by)}"] if ban.by else []
    facts += [ago(max(now - ban.at, 0))] if ban.at else []
    facts += [f"until {moment(ban.until, now)}"] if ban.until else []
    facts += [ban.reason] if ban.reason else []
    icon = "chat" if is_mute else "slash"
    nick = nick_of(network, mask)
    text = network.display_name(nick) if nick else whom(mask, network.display_name)
    facts += [mask] if text != mask else []
    return ListRow(ban.mask, text, icon=icon, icon_role="muted", detail=" · ".join(facts))


def whom(mask: str, name: Callable[[str], str] = str) -> str:
    """Return in words whom a mask meets, if it is a simple one.

    Args:
        name: Returns the name to show for a nick.
    """
    nick, _, rest = mask.partition("!")
    user, _, host = rest.partition("@")
    if ":" in nick and not rest:
        kind, _, account = mask.partition(":")
        return f"Account {account}" if kind.strip("~$").lower() in ("account", "a", "r") else mask
    if nick == "*" and user == "*" and host:
        return f"Everybody from {host}"
    return name(nick) if user == "*" and "*" not in nick and nick else mask
