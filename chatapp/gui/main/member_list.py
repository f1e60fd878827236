"""The people pane: the members of the channel by rank, with a filter field."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.model import Member
from chatapp.client.model.network import Network
from chatapp.gui.main.conversation_row import presence_mark
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.hint_entry import HintEntry
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.row_list import RowList
from chatapp.protocol.modes import RANKS

ROW, INSET = 36, 8  # height of a row, and its distance from the sides; pixels at 96 dpi
NO_RANK = "ONLINE"  # heading of the members without a rank


class MemberList(ttk.Frame):
    """The list of members and its filter.

    Args:
        on_choose: Called with the chosen nick.
        on_menu: Called with a nick and screen coordinates for its menu.
    """

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
        self.rows = RowList(self, theme, "sidebar", on_choose, on_menu, row=ROW, inset=INSET)
        for key in ("<Return>", "<KP_Enter>"):
            self.filter.bind(key, lambda event: self._choose_first())
        self.filter.bind("<Escape>", lambda event: self._leave_filter())
        self.filter.grid(row=0, column=0, sticky="ew", padx=px(8), pady=px(8))
        self.rows.grid(row=1, column=0, sticky="nsew", pady=(0, px(8)))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)

    def show(self, network: Network, conversation: Conversation) -> None:
        """Show the members of this conversation; the filter is cleared when the conversation changes."""
        if conversation is not self._conversation:
            self.filter.clear()
        self._network, self._conversation = network, conversation
        number = len(conversation.members)
        self.filter.set_hint(f"{number} people" if number > 1 else "1 person" if number else "People")
        self._refresh()

    def _refresh(self) -> None:
        if self._network is not None and self._conversation is not None:
            found = member_rows(self._network, self._conversation, self.filter.get())
            self.rows.show(found, empty_text=self._empty_text(self._network, self._conversation))

    def _empty_text(self, network: Network, conversation: Conversation) -> str:
        if network.state != "online":
            return "You are not connected"
        if conversation.kind == "channel" and not conversation.joined:
            return "You are not in this channel"
        return "No matches" if self.filter.get() else ""

    def _choose_first(self) -> str:
        """Choose the first match; without a filter, only leave the field."""
        if self._network is not None and self._conversation is not None and self.filter.get():
            found = member_rows(self._network, self._conversation, self.filter.get())
            first = next((row.key for row in found if row.key), "")
            if not first:
                return "break"  # so that the filter can be corrected
            self.filter.clear()
            self._on_choose(first)
        return self._leave_filter()

    def _leave_filter(self) -> str:
        """Clear the filter and release the keyboard focus."""
        self.filter.clear()
        self.filter.event_generate(RELEASE_FOCUS)
        return "break"


def member_rows(network: Network, conversation: Conversation, wanted: str = "") -> list[ListRow]:
    """Return the members under headings by rank, sorted by name, people who are away last.

    Args:
        wanted: Only members whose nick contains this text, in any case.
    """
    groups: dict[int, list[Member]] = {}
    for member in conversation.members.values():
        if wanted.casefold() in member.nick.casefold():
            groups.setdefault(network.rank(member), []).append(member)
    letters = list(network.prefixes())
    shown = []
    for rank in sorted(groups):
        members = sorted(groups[rank], key=lambda each: (each.away, each.nick.casefold()))
        heading = _heading(letters[rank]) if rank < len(letters) else NO_RANK
        shown.append(ListRow("", f"{heading} — {len(members)}"))
        shown += [_row(network, member) for member in members]
    return shown


def _heading(letter: str) -> str:
    """Return the heading for the rank of a mode; for an unknown one, its letter."""
    rank = RANKS.get(letter)
    return (rank.plural if rank else letter).upper()


def _row(network: Network, member: Member) -> ListRow:
    is_own, ignored = network.is_me(member.nick), is_ignored(network, member.nick)
    notes = [("(you)", is_own), ("· away", member.away), ("· ignored", ignored)]
    return ListRow(
        key=member.nick,
        text=network.display_name(member.nick),
        note=" ".join(text for text, applies in notes if applies),
        avatar=member.nick,
        presence=presence_mark(network, member.nick),
        role="muted" if member.away or ignored else "text",
    )
