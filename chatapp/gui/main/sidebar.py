"""The sidebar: the name of the chat, "Jump to…", every conversation in its section, and the own card."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.main.conversation_row import (
    SERVER_KEY,
    conversation_key,
    conversation_name,
    conversation_row,
)
from chatapp.gui.main.conversation_sections import ConversationSections, Section, SectionName
from chatapp.gui.main.network_header import NetworkHeader
from chatapp.gui.main.own_card import OwnCard
from chatapp.gui.main.unread_counts import unread_count
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.field_button import FieldButton
from chatapp.gui.widgets.list_row import Heading, Hint, ListRow, Row, RowSource
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.gui.widgets.popup import Area
from chatapp.gui.widgets.row_list import RowList
from chatapp.languages.translation import N_, _

INSET = 8  # of the rows, in pixels at 96 dpi
ADDITIONS: dict[SectionName, str] = {
    "channel": N_("Join or make a channel"),
    "direct": N_("Write to somebody"),
}
EMPTY: dict[SectionName, str] = {
    "channel": N_("You are in no channel. Press + to join or make one."),
    "direct": N_("Nobody yet. Press + to write to somebody privately."),
}
HEADING_KEY = " "  # before the name of a section in the key of its heading; no conversation begins so


class SidebarHandlers(NamedTuple):
    """Functions that the sidebar calls."""

    on_choose: Callable[[str], object]
    """Open the conversation with this name."""
    on_menu: Callable[[str, int, int], object]
    """Open the menu of the conversation with this name at screen coordinates."""
    on_section_menu: Callable[[SectionName, int, int], object]
    """Open the menu of a section at screen coordinates."""
    on_fold: Callable[[SectionName], object]
    """Fold or unfold a section."""
    on_chat_menu: Callable[[int, int], object]
    """Open the menu of the chat at screen coordinates."""
    on_own_menu: Callable[[Area], object]
    """Open the menu of the own card, which has this area of the screen."""
    on_jump: Callable[[], object]
    """Open "Jump to…"."""
    on_join: Callable[[], object]
    """Join or make a channel."""
    on_write: Callable[[], object]
    """Write to somebody."""
    on_settings: Callable[[], object]
    """Open the settings."""


class Sidebar(ttk.Frame):
    """Everything at the left of the messages."""

    def __init__(self, master: tk.Misc, theme: Theme, handlers: SidebarHandlers) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        px = theme.px
        self._theme = theme
        self._handlers = handlers
        self._network: Network | None = None
        self._sections = ConversationSections()
        self.network_header = NetworkHeader(self, theme, handlers.on_chat_menu, handlers.on_write)
        self.jump = FieldButton(self, theme, _("Jump to…"), shown_keys("Ctrl+K"), handlers.on_jump)
        self.rows = RowList(
            self,
            theme,
            "sidebar",
            on_choose=lambda key: handlers.on_choose(conversation_name(key)),
            on_menu=self._on_menu,
            on_fold=lambda key: handlers.on_fold(_section_of(key)),
            on_add=self._on_add,
            on_pointer=self._on_pointer,
            pills=True,
            inset=INSET,
        )
        self.own_card = OwnCard(self, theme, handlers.on_own_menu, handlers.on_settings)
        self.network_header.grid(row=0, sticky="ew")
        self.jump.grid(row=1, sticky="ew", padx=px(8), pady=(px(4), 0))
        self.rows.grid(row=2, sticky="nsew", pady=(px(12), 0))
        self.own_card.grid(row=3, sticky="ew")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)

    def show(self, network: Network) -> None:
        """Show the current state of this network."""
        self._network = network
        self.network_header.show(network)
        self.own_card.show(network)
        sections = self._sections.update(network, hold=self.rows.is_pointer_inside)
        selected = conversation_key(network.current) if network.current else ""
        self.rows.show(section_rows(network, sections), selected)

    def shown(self) -> list[Conversation]:
        """Return the conversations in the list, from top to bottom."""
        return self._sections.shown()

    def _on_pointer(self, inside: bool) -> None:
        """Let the rows move that stood still while the pointer was in the list."""
        if not inside and self._network is not None:
            self.show(self._network)

    def _on_menu(self, key: str, x: int, y: int) -> None:
        if key.startswith(HEADING_KEY):
            self._handlers.on_section_menu(_section_of(key), x, y)
        else:
            self._handlers.on_menu(conversation_name(key), x, y)

    def _on_add(self, key: str) -> None:
        if _section_of(key) == "channel":
            self._handlers.on_join()
        else:
            self._handlers.on_write()


def section_rows(network: Network, sections: Sequence[Section]) -> RowSource:
    """Return the rows of the list: each section with its heading. It takes 2 ms for 5,000 conversations."""
    rows: list[Section | Conversation | Hint] = []
    keys: list[str] = []
    headings: set[int] = set()
    hints: set[int] = set()
    counted: dict[int, bool] = {}
    for section in sections:
        headings.add(len(rows))
        rows.append(section)
        keys.append(HEADING_KEY + section.name)
        for index, each in enumerate(section.conversations, len(rows)):
            if (each.unread or each.mentions) and (count := unread_count(each)).number:
                counted[index] = count.badge
        hint = _hint(network, section)
        if hint is not None:
            hints.add(len(rows))
            rows.append(hint)
            keys.append("")
        rows += section.conversations
        keys += [each.name or SERVER_KEY for each in section.conversations]

    def make(index: int) -> Row:
        row = rows[index]
        if isinstance(row, Section):
            return _heading(network, row)
        return conversation_row(network, row) if isinstance(row, Conversation) else row

    return RowSource(keys, make, frozenset(headings), hints=frozenset(hints), counted=counted)


def conversation_rows(network: Network) -> list[ListRow]:
    """Return a row for each conversation: channels, direct messages, the server."""
    found = network.conversations.values()
    return [
        conversation_row(network, each)
        for kind in ("channel", "direct", "server")
        for each in found
        if each.kind == kind
    ]


def _heading(network: Network, section: Section) -> Heading:
    return Heading(
        section.heading,
        HEADING_KEY + section.name,
        section.folded,
        count=str(section.hidden_unread or ""),
        add=_(ADDITIONS.get(section.name, "")) if network.state == "online" else "",
    )


def _hint(network: Network, section: Section) -> Hint | None:
    """Return the sentence below a heading whose section is empty because there is no such conversation."""
    if network.state != "online" or section.folded or section.conversations or section.name not in EMPTY:
        return None
    exists = any(each.kind == section.name for each in network.conversations.values())
    return None if exists else Hint(_(EMPTY[section.name]))


def _section_of(key: str) -> SectionName:
    """Return the section of a heading."""
    names: tuple[SectionName, ...] = ("favourites", "unread", "channel", "direct", "server")
    return next(name for name in names if HEADING_KEY + name == key)
