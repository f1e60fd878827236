"""The sidebar: the network, every conversation with its unread count, and two buttons."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network, Presence
from chatapp.gui.main.network_header import NetworkHeader
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.row_list import RowList


class PresenceLook(NamedTuple):
    """How the presence of a person is shown: an icon, its colour role, and the colour role of the name."""

    icon: str
    icon_role: str
    role: str


PRESENCES: dict[Presence, PresenceLook] = {
    "online": PresenceLook("disc", "ok", "text"),
    "away": PresenceLook("ring", "muted", "muted"),
    "offline": PresenceLook("ring", "faint", "muted"),
    "unknown": PresenceLook("ring", "faint", "muted"),
}
HEADINGS = {"channel": "CHANNELS", "direct": "DIRECT MESSAGES", "server": "SERVER"}
SERVER_KEY = "*"  # key of the server's own conversation, which has no name
MAX_COUNT = 99  # higher numbers are shown as "99+"


class Sidebar(ttk.Frame):
    """Network header, list of conversations, buttons.

    Args:
        on_choose: Called with the name of the chosen conversation.
        on_menu: Called with the name of a conversation and screen coordinates for its menu.
        on_invite: Called when Invite is pressed.
        on_join: Called when Join is pressed.
        on_settings: Called when Settings is pressed.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_choose: Callable[[str], object],
        on_menu: Callable[[str, int, int], object],
        on_invite: Callable[[], object],
        on_join: Callable[[], object],
        on_settings: Callable[[], object],
    ) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        px = theme.px
        self._theme = theme
        self.network_header = NetworkHeader(self, theme, on_invite)
        self.rows = RowList(
            self,
            theme,
            "sidebar",
            on_choose=lambda key: on_choose(conversation_name(key)),
            on_menu=lambda key, x, y: on_menu(conversation_name(key), x, y),
            pills=True,
        )
        join = ttk.Button(self, text="+ Join", style="Small.Sidebar.TButton", command=on_join)
        settings = ttk.Button(self, text="Settings", style="Small.Sidebar.TButton", command=on_settings)
        self._buttons = (join, settings)
        self.network_header.grid(
            row=0, column=0, columnspan=2, sticky="ew", padx=(px(14), px(8)), pady=(px(8), 0)
        )
        self.rows.grid(row=1, column=0, columnspan=2, sticky="nsew", padx=px(8), pady=(px(8), 0))
        join.grid(row=2, column=0, sticky="ew", padx=(px(8), px(2)), pady=px(8))
        settings.grid(row=2, column=1, sticky="ew", padx=(px(2), px(8)), pady=px(8))
        self.columnconfigure((0, 1), weight=1, uniform="buttons")
        self.rowconfigure(1, weight=1)

    def min_width(self) -> int:
        """Return the width that the labels of the buttons need, in pixels of this display."""
        return 2 * (max(button.winfo_reqwidth() for button in self._buttons) + self._theme.px(10))

    def show(self, network: Network) -> None:
        """Show the current state of this network."""
        self.network_header.show(network)
        self.rows.show(conversation_rows(network), _key(network.current) if network.current else "")


def ordered_conversations(network: Network) -> list[Conversation]:
    """Return the conversations in the order of the list: channels, direct messages, the server."""
    conversations = list(network.conversations.values())
    return [each for kind in HEADINGS for each in conversations if each.kind == kind]


def conversation_name(key: str) -> str:
    """Return the name of the conversation in the row with this key."""
    return "" if key == SERVER_KEY else key


def conversation_rows(network: Network) -> list[ListRow]:
    """Return the rows of the sidebar."""
    shown: list[ListRow] = []
    kind = ""
    for conversation in ordered_conversations(network):
        if conversation.kind != kind:
            kind = conversation.kind
            shown.append(ListRow("", HEADINGS[kind]))
        shown.append(_row(network, conversation))
    return shown


def spaced_name(name: str) -> str:
    """Return `# general` for `#general`, which is easier to read."""
    return f"{name[0]} {name[1:]}" if name[:1] in "#&" and len(name) > 1 else name


def capped_count(number: int) -> str:
    """Return a number with at most two digits, "" for 0."""
    return f"{MAX_COUNT}+" if number > MAX_COUNT else str(number) if number else ""


def _row(network: Network, conversation: Conversation) -> ListRow:
    """Return a row: bold with a number if unread, red with "@" in a badge if mentioned, plain if muted."""
    mentions, unread = conversation.mentions, 0 if conversation.muted else conversation.unread
    icon, icon_role, role = "", "ok", "text"
    if conversation.kind == "direct":
        icon, icon_role, role = PRESENCES[network.presence(conversation.name)]
    is_left = conversation.kind == "channel" and network.state == "online" and not conversation.joined
    left_note = "(removed)" if conversation.removal else "(left)"
    is_mentioned = bool(mentions) and conversation.kind != "direct"
    if is_mentioned:
        role = "danger"
    elif conversation.muted or is_left:
        role = "faint"
    elif unread:
        role = "text"
    return ListRow(
        key=_key(conversation),
        text=spaced_name(conversation.title) if conversation.kind != "server" else "Messages",
        note="(muted)" if conversation.muted else left_note if is_left else "",
        icon=icon,
        icon_role=icon_role,
        role=role,
        bold=bool(unread or mentions),
        count=f"@ {capped_count(mentions)}" if is_mentioned else capped_count(unread),
        badge=is_mentioned,
    )


def _key(conversation: Conversation) -> str:
    return conversation.name or SERVER_KEY
