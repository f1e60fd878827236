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
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.deed_list import LIFT, DeedList, DeedText
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.languages.dates import moment
from chatapp.languages.translation import N_, _

NOBODY = N_("Nobody is banned or muted here.")
LOADING = N_("Loading…")
UNMUTE = N_("Let write again")


class BanPage(ttk.Frame):
    """The list, which scrolls.

    Args:
        on_lift: Called with the mask of a ban to lift; None if the user may not lift bans.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_lift: Callable[[str], object] | None) -> None:
        super().__init__(master)
        self._gap = theme.px(8)
        self.problem = ttk.Label(self, style="Danger.TLabel", wraplength=theme.px(430), justify="left")
        self._scrolled = Scrolled(self, theme)
        self._scrolled.pack(side="bottom", fill="both", expand=True)
        self.list = DeedList(self._scrolled.body, theme, _(NOBODY), on_lift)
        self.list.pack(fill="x")
        self.list.show_sentence(_(LOADING))

    def show(self, network: Network, bans: Iterable[ChannelBan], now: float, problem: str = "") -> None:
        """Show the bans, or why they are not known."""
        self.list.show([ban_text(network, ban, now) for ban in bans])
        self.problem.configure(text=problem)
        if problem:
            self.problem.pack(anchor="w", pady=(0, self._gap))
        else:
            self.problem.pack_forget()


def ban_text(network: Network, ban: ChannelBan, now: float) -> DeedText:
    """Return the row of a ban: whom it meets, who has set it, when it ends, why."""
    prefix = mute_prefix(network)
    is_mute = prefix != "" and ban.mask.startswith(prefix)
    mask = ban.mask.removeprefix(prefix) if is_mute else ban.mask
    facts = [_("Muted") if is_mute else _("Banned")]
    facts += [_("by {name}").format(name=network.display_name(ban.by))] if ban.by else []
    facts += [ago(max(now - ban.at, 0))] if ban.at else []
    facts += [_("until {time}").format(time=moment(ban.until, now))] if ban.until else []
    nick = nick_of(network, mask)
    name = network.display_name(nick) if nick else whom(mask, network.display_name)
    facts += [mask] if name != mask else []
    note = "\n".join(filter(None, (ban.reason, " · ".join(facts))))
    return DeedText(SettingText(ban.mask, name, note), _(UNMUTE if is_mute else LIFT))


def whom(mask: str, name: Callable[[str], str] = str) -> str:
    """Return in words whom a mask meets, if it is a simple one.

    Args:
        name: Returns the name to show for a nick.
    """
    nick, _mark, rest = mask.partition("!")
    user, _mark, host = rest.partition("@")
    if ":" in nick and not rest:
        kind, _mark, account = mask.partition(":")
        is_account = kind.strip("~$").lower() in ("account", "a", "r")
        return _("Account {account}").format(account=account) if is_account else mask
    if nick == "*" and user == "*" and host:
        return _("Everybody from {host}").format(host=host)
    return name(nick) if user == "*" and "*" not in nick and nick else mask
