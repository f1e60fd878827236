"""The left side: where we are, every conversation with what is unread in it, and two buttons."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.main.network_header import NetworkHeader
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.row_list import ListRow, RowList

# Presence of a person -> icon, its colour, the name's colour
PRESENCES = {
    "online": ("disc", "ok", "text"),
    "away": ("ring", "muted", "muted"),
    "unknown": ("ring", "faint", "muted"),
}
HEADINGS = {"channel": "CHANNELS", "direct": "DIRECT MESSAGES", "server": "SERVER"}
SERVER_KEY = "*"  # the server's own conversation has no name, and a row needs a key
MOST = 99  # unread messages that are counted


class Sidebar(ttk.Frame):
    """How we stand, conversations, and two buttons. Its doors give the name of a conversation."""

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
        self.standing = NetworkHeader(self, theme, on_invite)
        self.rows = RowList(
            self,
            theme,
            "sidebar",
            on_choose=lambda key: on_choose(named(key)),
            on_menu=lambda key, x, y: on_menu(named(key), x, y),
            pills=True,
        )
        join = ttk.Button(self, text="+ Join", style="Sidebar.TButton", command=on_join)
        settings = ttk.Button(self, text="Settings", style="Sidebar.TButton", command=on_settings)
        self._buttons = (join, settings)
        self.standing.grid(row=0, column=0, columnspan=2, sticky="ew", padx=(px(14), px(8)), pady=(px(8), 0))
        self.rows.grid(row=1, column=0, columnspan=2, sticky="nsew", padx=px(8), pady=(px(8), 0))
        join.grid(row=2, column=0, sticky="ew", padx=(px(8), px(2)), pady=px(8))
        settings.grid(row=2, column=1, sticky="ew", padx=(px(2), px(8)), pady=px(8))
        self.columnconfigure((0, 1), weight=1, uniform="buttons")
        self.rowconfigure(1, weight=1)

    def least(self) -> int:
        """How many pixels the buttons need to be read."""
        return 2 * (max(button.winfo_reqwidth() for button in self._buttons) + self._theme.px(10))

    def show(self, network: Network) -> None:
        """Show this network as it stands now."""
        self.standing.show(network)
        self.rows.show(rows(network), _key(network.current) if network.current else "")


def ordered(network: Network) -> list[Conversation]:
    """The conversations as they stand in the list: channels, direct messages, what the server says."""
    conversations = list(network.conversations.values())
    return [each for kind in HEADINGS for each in conversations if each.kind == kind]


def named(key: str) -> str:
    """The name of the conversation in a row with this key."""
    return "" if key == SERVER_KEY else key


def rows(network: Network) -> list[ListRow]:
    """The list of the sidebar."""
    shown: list[ListRow] = []
    kind = ""
    for conversation in ordered(network):
        if conversation.kind != kind:
            kind = conversation.kind
            shown.append(ListRow("", HEADINGS[kind]))
        shown.append(_row(network, conversation))
    return shown


def spaced(name: str) -> str:
    """`# general` for `#general`: easier to read."""
    return f"{name[0]} {name[1:]}" if name[:1] in "#&" and len(name) > 1 else name


def counted(number: int) -> str:
    """A number with no more than two digits."""
    return f"{MOST}+" if number > MOST else str(number) if number else ""


def _row(network: Network, conversation: Conversation) -> ListRow:
    """Mentions are red with "@" in a badge, unread is bold with a number; what is muted shows no number."""
    mentions, unread = conversation.mentions, 0 if conversation.muted else conversation.unread
    icon, icon_role, role = "", "ok", "text"
    if conversation.kind == "direct":
        icon, icon_role, role = PRESENCES[network.presence(conversation.name)]
    gone = conversation.kind == "channel" and network.state == "online" and not conversation.joined
    left = "(removed)" if conversation.removal else "(left)"
    mentioned = bool(mentions) and conversation.kind != "direct"
    if mentioned:
        role = "danger"
    elif conversation.muted or gone:
        role = "faint"
    elif unread:
        role = "text"
    return ListRow(
        key=_key(conversation),
        text=spaced(conversation.title) if conversation.kind != "server" else "Messages",
        note="(muted)" if conversation.muted else left if gone else "",
        icon=icon,
        icon_role=icon_role,
        role=role,
        bold=bool(unread or mentions),
        count=f"@ {counted(mentions)}" if mentioned else counted(unread),
        alarm=mentioned,
    )


def _key(conversation: Conversation) -> str:
    return conversation.name or SERVER_KEY
