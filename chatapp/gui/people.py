"""The right side: who is in the channel, by rank, with a field to find somebody among many."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.ignoring import is_ignored
from chatapp.client.model import Conversation, Member, Network
from chatapp.gui.entry import HintEntry
from chatapp.gui.rowlist import Row, RowList
from chatapp.gui.sidebar import PRESENCES
from chatapp.gui.theme import Theme

# Mode letter of a rank -> heading; other ranks are named by their character
RANKS = {"q": "OWNERS", "a": "ADMINISTRATORS", "o": "OPERATORS", "h": "MODERATORS", "v": "SPEAKERS"}
ONLINE = "ONLINE"


class People(ttk.Frame):
    """The list of members and its filter. Its doors give a nick."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_choose: Callable[[str], object],
        on_menu: Callable[[str, int, int], object],
    ) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        px = theme.px
        self._network: Network | None = None
        self._conversation: Conversation | None = None
        self.filter = HintEntry(self, theme, on_change=lambda text: self._refresh())
        self.rows = RowList(self, theme, "sidebar", on_choose, on_menu, empty="No such name")
        self.filter.grid(row=0, column=0, sticky="ew", padx=px(8), pady=px(8))
        self.rows.grid(row=1, column=0, sticky="nsew", padx=px(8), pady=(0, px(8)))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)

    def show(self, network: Network, conversation: Conversation) -> None:
        """Show the members of this conversation; another conversation starts without a filter."""
        if conversation is not self._conversation:
            self.filter.clear()
        self._network, self._conversation = network, conversation
        number = len(conversation.members)
        self.filter.hint(f"{number} people" if number != 1 else "1 person")
        self._refresh()

    def _refresh(self) -> None:
        if self._network is not None and self._conversation is not None:
            self.rows.show(rows(self._network, self._conversation, self.filter.get()))


def rows(network: Network, conversation: Conversation, wanted: str = "") -> list[Row]:
    """Members by rank and name, those who are away last; only those whose name contains what is wanted."""
    groups: dict[int, list[Member]] = {}
    for member in conversation.members.values():
        if wanted.casefold() in member.nick.casefold():
            groups.setdefault(network.rank(member), []).append(member)
    letters = list(network.prefixes())
    shown = []
    for rank in sorted(groups):
        members = sorted(groups[rank], key=lambda each: (each.away, each.nick.casefold()))
        title = RANKS.get(letters[rank], letters[rank].upper()) if rank < len(letters) else ONLINE
        shown.append(Row("", f"{title} — {len(members)}"))
        shown += [_row(network, member) for member in members]
    return shown


def _row(network: Network, member: Member) -> Row:
    icon, icon_role, _ = PRESENCES[network.presence(member.nick)]
    own, ignored = network.is_me(member.nick), is_ignored(network, member.nick)
    notes = [("(you)", own), ("· away", member.away), ("· ignored", ignored)]
    return Row(
        key=member.nick,
        text=member.nick,
        note=" ".join(words for words, so in notes if so),
        icon=icon,
        icon_role=icon_role,
        role="muted" if member.away or ignored else "text",
    )
