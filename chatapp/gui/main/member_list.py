"""The right side: who is in the channel, by rank, with a field to find somebody among many."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.model import Member
from chatapp.client.model.network import Network
from chatapp.gui.main.sidebar import PRESENCES
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.hint_entry import HintEntry
from chatapp.gui.widgets.keyboard_focus import DONE
from chatapp.gui.widgets.row_list import ListRow, RowList

# Mode letter of a rank -> heading; other ranks are named by their character
RANKS = {"q": "OWNERS", "a": "ADMINISTRATORS", "o": "OPERATORS", "h": "MODERATORS", "v": "SPEAKERS"}
ONLINE = "ONLINE"


class MemberList(ttk.Frame):
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
        self._on_choose = on_choose
        self._network: Network | None = None
        self._conversation: Conversation | None = None
        self.filter = HintEntry(self, theme, on_change=lambda text: self._refresh())
        self.rows = RowList(self, theme, "sidebar", on_choose, on_menu)
        for key in ("<Return>", "<KP_Enter>"):
            self.filter.bind(key, lambda event: self._choose_first())
        self.filter.bind("<Escape>", lambda event: self._leave_filter())
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
        self.filter.hint(f"{number} people" if number > 1 else "1 person" if number else "People")
        self._refresh()

    def _refresh(self) -> None:
        if self._network is not None and self._conversation is not None:
            found = rows(self._network, self._conversation, self.filter.get())
            self.rows.show(found, empty=self._why_empty(self._network, self._conversation))

    def _why_empty(self, network: Network, conversation: Conversation) -> str:
        if network.state != "online":
            return "You are not connected"
        if conversation.kind == "channel" and not conversation.joined:
            return "You are not in this channel"
        return "No such name" if self.filter.get() else ""

    def _choose_first(self) -> str:
        """Choose the first person who fits; without a filter nobody is meant."""
        if self._network is not None and self._conversation is not None and self.filter.get():
            found = rows(self._network, self._conversation, self.filter.get())
            first = next((row.key for row in found if row.key), "")
            if not first:
                return "break"  # the name has to be mended
            self.filter.clear()
            self._on_choose(first)
        return self._leave_filter()

    def _leave_filter(self) -> str:
        """Show everybody again and give the keyboard back."""
        self.filter.clear()
        self.filter.event_generate(DONE)
        return "break"


def rows(network: Network, conversation: Conversation, wanted: str = "") -> list[ListRow]:
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
        shown.append(ListRow("", f"{title} — {len(members)}"))
        shown += [_row(network, member) for member in members]
    return shown


def _row(network: Network, member: Member) -> ListRow:
    icon, icon_role, _ = PRESENCES[network.presence(member.nick)]
    own, ignored = network.is_me(member.nick), is_ignored(network, member.nick)
    notes = [("(you)", own), ("· away", member.away), ("· ignored", ignored)]
    return ListRow(
        key=member.nick,
        text=member.nick,
        note=" ".join(words for words, so in notes if so),
        icon=icon,
        icon_role=icon_role,
        role="muted" if member.away or ignored else "text",
    )
