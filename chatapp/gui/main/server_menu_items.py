"""The menu items of a server: those of its tile, and the list of servers in the place of the rail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from chatapp.client.model.network import Network
from chatapp.gui.main.server_tiles import MOST_KEYS, ServerTile
from chatapp.gui.widgets.icon_menu import MenuItem

ADD = "Add a server…"


class ServerActions(NamedTuple):
    """What the menus of servers can do."""

    go: Callable[[Network], object]
    """Show a server."""
    mark_read: Callable[[Network], object]
    """Mark all its conversations as read."""
    mute: Callable[[Network], object]
    """Mute a server, or stop muting it."""
    connect: Callable[[Network], object]
    disconnect: Callable[[Network], object]
    move: Callable[[Network, int], object]
    """Move a server to this place among the others."""
    remove: Callable[[Network], object]
    add: Callable[[], object]
    """Add a server."""


def server_items(tiles: Sequence[ServerTile], network: Network, actions: ServerActions) -> Iterator[MenuItem]:
    """Yield the menu items of a tile."""
    index, tile = next((at, each) for at, each in enumerate(tiles) if each.network is network)
    if tile.important or tile.has_news or any(each.unread for each in network.conversations.values()):
        yield MenuItem("Mark all read", lambda: actions.mark_read(network), icon="check")
    mute, icon = ("Unmute", "bell") if network.muted else ("Mute", "bell-off")
    yield MenuItem(mute, lambda: actions.mute(network), icon=icon)
    if network.state in ("offline", "waiting"):
        yield MenuItem("Connect", lambda: actions.connect(network), icon="wifi")
    if network.state != "offline":
        yield MenuItem("Disconnect", lambda: actions.disconnect(network), icon="power")
    yield MenuItem()
    if index > 0:
        yield MenuItem("Move up", lambda: actions.move(network, index - 1), icon="up")
    if index < len(tiles) - 1:
        yield MenuItem("Move down", lambda: actions.move(network, index + 1), icon="down")
    yield MenuItem("Remove…", lambda: actions.remove(network), icon="trash", dangerous=True)


def server_list_items(tiles: Sequence[ServerTile], actions: ServerActions) -> Iterator[MenuItem]:
    """Yield an item for each server: its name, what is unread there, and its key."""
    for index, tile in enumerate(tiles):
        key = f"Ctrl+Alt+{index + 1}" if index < MOST_KEYS else ""
        icon = "check" if tile.is_current else "globe" if tile.is_connected else "wifi-off"
        yield MenuItem(list_label(tile), _goes_to(actions, tile.network), icon=icon, key=key)


def list_label(tile: ServerTile) -> str:
    """Return the label of a server in the list: `Chess Club (3)`, `Lab (new messages)`."""
    if tile.needs_answer:
        return f"{tile.label} (needs your answer)"
    if tile.important:
        return f"{tile.label} ({tile.badge})"
    return f"{tile.label} (new messages)" if tile.has_news else tile.label


def _goes_to(actions: ServerActions, network: Network) -> Callable[[], object]:
    return lambda: actions.go(network)
