"""The menu items of a server: those of its tile, and the list of servers in the place of the rail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from chatapp.client.model.network import Network
from chatapp.gui.main.server_tiles import MOST_KEYS, ServerTile
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.languages.translation import N_, _, pgettext

ADD = N_("Add a server…")


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
        yield MenuItem(_("Mark all as read"), lambda: actions.mark_read(network), icon="check")
    mute, icon = pgettext("notifications", "Mute"), "bell-off"
    if network.muted:
        mute, icon = pgettext("notifications", "Unmute"), "bell"
    yield MenuItem(mute, lambda: actions.mute(network), icon=icon)
    if network.state in ("offline", "waiting"):
        yield MenuItem(_("Connect"), lambda: actions.connect(network), icon="wifi")
    if network.state != "offline":
        yield MenuItem(_("Disconnect"), lambda: actions.disconnect(network), icon="power")
    yield MenuItem()
    if index > 0:
        yield MenuItem(_("Move up"), lambda: actions.move(network, index - 1), icon="up")
    if index < len(tiles) - 1:
        yield MenuItem(_("Move down"), lambda: actions.move(network, index + 1), icon="down")
    yield MenuItem(
        pgettext("a server", "Remove…"), lambda: actions.remove(network), icon="trash", dangerous=True
    )


def server_list_items(tiles: Sequence[ServerTile], actions: ServerActions) -> Iterator[MenuItem]:
    """Yield an item for each server: its name, what is unread there, and its key."""
    for index, tile in enumerate(tiles):
        key = f"Ctrl+Alt+{index + 1}" if index < MOST_KEYS else ""
        icon = "check" if tile.is_current else "globe" if tile.is_connected else "wifi-off"
        yield MenuItem(list_label(tile), _goes_to(actions, tile.network), icon=icon, key=key)


def list_label(tile: ServerTile) -> str:
    """Return the label of a server in the list: `Chess Club (3)`, `Lab (new messages)`."""
    if tile.needs_answer:
        return _("{label} (needs your answer)").format(label=tile.label)
    if tile.important:
        return f"{tile.label} ({tile.badge})"
    return _("{label} (new messages)").format(label=tile.label) if tile.has_news else tile.label


def _goes_to(actions: ServerActions, network: Network) -> Callable[[], object]:
    return lambda: actions.go(network)
