"""The servers of the window: their rail and menus; adding, choosing, moving and removing them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from typing import NamedTuple

from chatapp.client.client import Client
from chatapp.client.local import saved_servers
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.passwords import password_key
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.network import Network, NetworkState
from chatapp.client.session.removed_network import RemovedNetwork
from chatapp.gui.dialogs.connect_controller import ConnectController
from chatapp.gui.main.server_menu_items import ADD, ServerActions, server_items, server_list_items
from chatapp.gui.main.server_rail import RailHandlers, ServerRail
from chatapp.gui.main.server_tiles import ServerTile, name_of, server_labels, server_tiles
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.pages import ReadingPlace
from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.gui.widgets.undo_notice import Undo
from chatapp.gui.widgets.widget_paths import focused
from chatapp.languages.translation import _

NARROW = 680  # width of the window below which the rail becomes a list in the menu of the chat, at 96 dpi


class ServersHandlers(NamedTuple):
    """Functions of the window that are called from here."""

    on_current: Callable[[], object]
    """Show the current network, which is another one now."""
    on_changed: Callable[[], object]
    """Repaint the rail and the title."""
    on_elsewhere: Callable[[int], object]
    """Show how many mentions and direct messages other servers have while there is no rail."""
    on_undo: Callable[[Undo], object]
    """Show a notice over the composer."""


class Servers:
    """Shows the servers and carries out what the user does with them.

    Args:
        beside: The widget at whose left the rail appears.
    """

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        client: Client,
        settings: Settings,
        connect_controller: ConnectController,
        handlers: ServersHandlers,
        beside: tk.Widget,
    ) -> None:
        self._root = root
        self._theme = theme
        self._client = client
        self._settings = settings
        self._connecting = connect_controller
        self._handlers = handlers
        self._states: dict[Network, NetworkState] = {}  # at the last `became_online`
        self._places: dict[Network, ReadingPlace] = {}
        self._removed: list[tuple[Network, RemovedNetwork]] = []  # they can come back
        self._beside = beside
        self.rail = self._make_rail()
        root.bind("<Configure>", self._on_resize, add=True)

    def rebuild(self, beside: tk.Widget) -> None:
        """Make the rail anew, beside another widget."""
        self.rail.destroy()
        self._beside = beside
        self.rail = self._make_rail()

    # what is shown

    def tiles(self) -> list[ServerTile]:
        """Return a tile for each server of the window."""
        return server_tiles(self._listed(), self._client.network, self._connecting.questions)

    def networks(self) -> list[Network]:
        """Return the networks in the order of their tiles."""
        return [network for network, _ in self._listed()]

    def labels(self) -> dict[Network, str]:
        """Return the name by which each network is told from the others."""
        return server_labels(self._listed())

    def paint(self) -> None:
        """Show the rail if there are several servers and there is room for it."""
        tiles = self.tiles()
        if len(tiles) > 1 and self._root.winfo_width() >= self._theme.px(NARROW):
            if not self.rail.winfo_manager():
                self.rail.pack(side="left", fill="y", before=self._beside)
            self.rail.show(tiles)
        elif self.rail.winfo_manager():
            self.rail.pack_forget()
        has_rail = bool(self.rail.winfo_manager())
        self._handlers.on_elsewhere(0 if has_rail else sum(each.important for each in tiles))

    def menu_items(self) -> Iterator[MenuItem]:
        """Yield what the menu of the chat says of other servers: the list if there is no rail, how to add."""
        tiles = self.tiles()
        if len(tiles) > 1 and not self.rail.winfo_manager():
            actions = self._actions()
            yield from server_list_items(tiles, actions)
            yield MenuItem(_(ADD), self.add, icon="plus")
            yield MenuItem(
                _("Remove {server}…").format(server=name_of(self._client.network)),
                lambda: self.remove(self._client.network),
                icon="trash",
                dangerous=True,
            )
        elif len(tiles) <= 1:
            yield MenuItem(_(ADD), self.add, icon="plus")

    def menu(self, network: Network, x: int, y: int) -> None:
        """Open the menu of a server at screen coordinates."""
        items = server_items(self.tiles(), network, self._actions())
        by_keyboard = focused(self._root) is self.rail
        context_menus.pop_up(self._root, self._theme, items, x, y, by_keyboard)

    # where one is

    def go(self, network: Network) -> None:
        """Show a server where one was there, and what it has to ask."""
        if network not in self._client.networks:
            return
        if network is not self._client.network:
            self._client.use_network(network)
            self._handlers.on_current()
        self._connecting.ask(network)

    def go_to_nth(self, number: int) -> None:
        """Show the server with this number, from 1 on, if there is one."""
        networks = self.networks()
        if len(networks) > 1 and 1 <= number <= len(networks):
            self.go(networks[number - 1])

    def keep_place(self, network: Network, place: ReadingPlace | None) -> None:
        """Keep where the user was reading in a network; None for the end of the conversation."""
        self._places.pop(network, None)
        if place is not None and network in self._client.networks:
            self._places[network] = place

    def take_place(self, network: Network) -> ReadingPlace | None:
        """Return where the user was reading in a network, and forget it."""
        return self._places.pop(network, None)

    def became_online(self, network: Network) -> bool:
        """Return whether a network is online now and was not at the last call."""
        before = self._states.pop(network, "offline")
        if network in self._client.networks:
            self._states[network] = network.state
        return network.state == "online" != before

    # what can be done

    def add(self) -> None:
        """Let the user choose a server to add."""
        self._connecting.add()

    def mute(self, network: Network) -> None:
        """Mute a server, or stop muting it."""
        network.muted = not network.muted
        self.store()
        self._handlers.on_changed()

    def mark_read(self, network: Network) -> None:
        """Mark all conversations of a server as read."""
        for conversation in list(network.conversations.values()):
            if conversation.unread or conversation.mentions:
                self._client.mark_read(conversation, by_command=True)
        self._handlers.on_changed()

    def move(self, network: Network, index: int) -> None:
        """Move a server to this place among the others."""
        self._client.move_network(network, index)
        self.store()
        self._handlers.on_changed()

    def connect(self, network: Network) -> None:
        """Connect a server again, and show what it has to ask."""
        self._client.reconnect_now(network)

    def disconnect(self, network: Network) -> None:
        """Disconnect a server; its conversations can still be read."""
        self._client.disconnect(network=network)

    def remove(self, network: Network) -> None:
        """Remove a server; the notice brings it back."""
        name, was_current = name_of(network), network is self._client.network
        if was_current:
            self._handlers.on_current()  # stores the draft
        removed = self._client.remove_network(network)
        self._removed.append((network, removed))
        self._connecting.questions.pop(network, None)
        self.store()
        if was_current:
            self._handlers.on_current()
        self._handlers.on_changed()
        self._handlers.on_undo(
            Undo(
                _("{server} was removed").format(server=name),
                lambda: self._bring_back(network, was_current),
                on_end=lambda: self._forget(network),
                icon="trash",
                icon_role="muted",
            )
        )

    # what is stored

    def resume(self) -> bool:
        """Connect the servers of the last run if there were several; return whether there were."""
        if not saved_servers.are_several(self._settings):
            return False
        saved = saved_servers.load(self._settings)
        first = self._client.network
        networks = [first]
        for _server in saved[1:]:
            networks.append(self._client.add_network(ConversationPrefs(self._settings), in_background=True))
        for server, network in zip(saved, networks, strict=True):
            self._client.resume(server, network)
            if server.key == self._settings.chat:
                self._client.use_network(network)
        self._handlers.on_current()
        return True

    def store(self) -> None:
        """Store the servers and their order in the settings."""
        saved_servers.store(self._settings, self._client.servers())

    def store_current(self) -> None:
        """Store which server is shown."""
        key = self._client.key
        if key and key != self._settings.chat:
            self._settings.chat = key

    def stop(self) -> None:
        """Forget what was removed, because the window closes."""
        for network, _removed in list(self._removed):
            self._forget(network)

    # details

    def _make_rail(self) -> ServerRail:
        handlers = RailHandlers(on_choose=self.go, on_menu=self.menu, on_move=self.move, on_add=self.add)
        rail = ServerRail(self._root, self._theme, handlers)
        self._root.tk.call("lower", rail, self._beside)  # Tab goes there first
        return rail

    def _listed(self) -> list[tuple[Network, Login]]:
        """Return the networks that have a tile, with their logins: not one that is about to be added."""
        client = self._client
        networks = [each for each in client.networks if each is not self._connecting.adding]
        return [(each, client.login_of(each)) for each in networks]

    def _actions(self) -> ServerActions:
        return ServerActions(
            go=self.go,
            mark_read=self.mark_read,
            mute=self.mute,
            connect=self.connect,
            disconnect=self.disconnect,
            move=self.move,
            remove=self.remove,
            add=self.add,
        )

    def _bring_back(self, network: Network, is_current: bool) -> None:
        for each in [each for each in self._removed if each[0] is network]:
            self._removed.remove(each)
            each[1].bring_back()
        if is_current:
            self._client.use_network(network)
        self.store()
        self._handlers.on_current()
        self._handlers.on_changed()

    def _forget(self, network: Network) -> None:
        """Delete what is stored about a server that was removed."""
        for each in [each for each in self._removed if each[0] is network]:
            self._removed.remove(each)
            login = each[1].login
            each[1].forget()
            settings, key = self._settings, password_key(login)
            settings.remembered = [name for name in settings.remembered if name != key]
            settings.servers = [address for address in settings.servers if address != login.address]
        self._places.pop(network, None)
        self._states.pop(network, None)

    def _on_resize(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self._root:
            self.paint()
