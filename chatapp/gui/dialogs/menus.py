"""Opens the menus of the sidebar and the header, and carries out what is chosen there."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable
from typing import NamedTuple

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.model import favourites
from chatapp.client.model.conversation import Conversation, NotifyLevel
from chatapp.gui.dialogs.overlays import Overlays
from chatapp.gui.dialogs.people import People
from chatapp.gui.main import chat_menu_items, menu_items
from chatapp.gui.main.conversation_sections import SectionName
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.gui.widgets.popup import Area
from chatapp.languages.translation import N_, _

NAME_COPIED = N_("Your name was copied.")


class MenuHandlers(NamedTuple):
    """Functions of the window that the menus call."""

    on_changed: Callable[[], object]
    """Repaint: a conversation was muted, made a favourite or marked, or a section was folded."""
    on_connect: Callable[[], object]
    """Connect again, or let the user choose a server."""
    server_items: Callable[[], Iterable[MenuItem]]
    """Return what the menu of the chat says of other servers."""


class Menus:
    """The menus of conversations, of the chat, of the own card and of the headings.

    Args:
        overlays: Opens dialogs.
        people: Opens what concerns people and the settings of channels.
    """

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        client: Client,
        settings: Settings,
        overlays: Overlays,
        people: People,
        handlers: MenuHandlers,
    ) -> None:
        self._root = root
        self._theme = theme
        self._client = client
        self._settings = settings
        self._overlays = overlays
        self._people = people
        self._handlers = handlers

    def conversation(self, name: str, x: int, y: int, is_left: bool = False) -> None:
        """Open the menu of a conversation at screen coordinates.

        Args:
            is_left: Whether it opens to the left of them.
        """
        conversation = self._client.network.find(name)
        if conversation is not None:
            actions = self._conversation_actions(conversation, Area(x, y, 1, 1))
            network, notify_of = self._client.network, self._settings.notify_of
            items = menu_items.conversation_items(network, conversation, actions, notify_of)
            self._open(items, x, y, is_left=is_left)

    def current(self, x: int, y: int) -> None:
        """Open the menu of the current conversation to the left of screen coordinates."""
        if self._client.network.current is not None:
            self.conversation(self._client.network.current.name, x, y, is_left=True)

    def bell(self, x: int, y: int) -> None:
        """Open the menu with what the user is notified of here, to the left of screen coordinates."""
        current = self._client.network.current
        if current is not None:
            actions = self._conversation_actions(current, Area(x, y, 1, 1))
            items = menu_items.notify_items(current, actions, self._settings.notify_of)
            self._open(items, x, y, is_left=True)

    def chat(self, x: int, y: int) -> None:
        """Open the menu of the chat at screen coordinates."""
        actions = self._chat_actions(Area(x, y, 1, 1))
        self._open(chat_menu_items.chat_items(self._client.network, actions), x, y)

    def own(self, card: Area) -> None:
        """Open the menu of the own card above it; the profile opens beside it."""
        actions = self._chat_actions(card)
        items = chat_menu_items.own_items(self._client.network, actions)
        self._open(items, card.x, card.y, is_above=True)

    def section(self, section: SectionName, x: int, y: int) -> None:
        """Open the menu of a heading at screen coordinates."""
        actions = self._chat_actions(Area(x, y, 1, 1))
        items = chat_menu_items.section_items(self._client.network, section, actions)
        self._open(items, x, y)

    def fold(self, section: SectionName) -> None:
        """Fold a section, or unfold it."""
        self._client.network.folded ^= {section}
        self._handlers.on_changed()

    def toggle_favourite(self) -> None:
        """Make the current conversation a favourite, or none."""
        current = self._client.network.current
        if current is not None and current.kind != "server":
            self._toggle_favourite(current)

    def current_actions(self, place: Area) -> menu_items.ConversationActions | None:
        """Return what the menu of the current conversation does; None without one.

        Args:
            place: Below which a profile opens.
        """
        current = self._client.network.current
        return self._conversation_actions(current, place) if current is not None else None

    def mark_all_read(self) -> None:
        """Mark every conversation as read."""
        for conversation in list(self._client.network.conversations.values()):
            if conversation.unread or conversation.mentions:
                self._client.mark_read(conversation, by_command=True)

    def _conversation_actions(
        self, conversation: Conversation, place: Area
    ) -> menu_items.ConversationActions:
        return menu_items.ConversationActions(
            run=lambda command: self._overlays.run(conversation, command),
            mark_read=lambda: self._client.mark_read(conversation, by_command=True),
            mark_unread=lambda: self._mark_unread(conversation),
            mute=lambda: self._mute(conversation),
            notify=lambda level: self._notify(conversation, level),
            favourite=lambda: self._toggle_favourite(conversation),
            move=lambda step: self._move(conversation, step),
            copy_link=lambda: self._overlays.copy_link(conversation),
            leave=lambda: self._people.leave(conversation),
            settings=lambda: self._people.channel_settings(conversation),
            profile=lambda: self._people.show(conversation.name, place, is_below=True),
        )

    def _chat_actions(self, place: Area) -> chat_menu_items.ChatActions:
        overlays = self._overlays
        return chat_menu_items.ChatActions(
            explain=overlays.notice,
            invite=overlays.invite_people,
            join=overlays.join,
            write=overlays.write,
            settings=overlays.settings,
            this_server=lambda: overlays.settings("server"),
            can_stop=lambda: self._client.can_stop_server,
            stop_server=overlays.ask_to_stop_server,
            connect=self._handlers.on_connect,
            disconnect=lambda: self._client.disconnect(),
            servers=self._handlers.server_items,
            set_away=overlays.ask_away,
            set_back=lambda: overlays.run(None, "/back"),
            copy_name=self.copy_name,
            profile=lambda: self._people.show_own(place),
            fold=self.fold,
        )

    def _open(
        self, items: Iterable[MenuItem], x: int, y: int, is_above: bool = False, is_left: bool = False
    ) -> None:
        context_menus.pop_up(self._root, self._theme, items, x, y, is_above=is_above, is_left=is_left)

    def _mute(self, conversation: Conversation) -> None:
        conversation.muted = not conversation.muted
        self._handlers.on_changed()

    def _notify(self, conversation: Conversation, level: NotifyLevel) -> None:
        """Set of which messages the user is notified; to choose that stops muting."""
        conversation.notify, conversation.muted = level, False
        self._handlers.on_changed()

    def _toggle_favourite(self, conversation: Conversation) -> None:
        favourites.set_favourite(self._client.network, conversation, not conversation.favourite)
        self._handlers.on_changed()

    def _move(self, conversation: Conversation, step: int) -> None:
        favourites.move(self._client.network, conversation, step)
        self._handlers.on_changed()

    def _mark_unread(self, conversation: Conversation) -> None:
        """Mark the last message of another person as unread."""
        entry = menu_items.last_message_of_others(conversation)
        if entry is not None:
            self._client.mark_unread_from(conversation, entry)

    def copy_name(self) -> None:
        """Copy the name of the user, and say so."""
        network = self._client.network
        self._root.clipboard_clear()
        self._root.clipboard_append(network.display_name(network.nick))
        self._overlays.notice(_(NAME_COPIED))
