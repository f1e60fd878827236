"""Shows the state of a conversation and of its connection: a bar over the composer, or a page."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from chatapp.client.client import Client
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.exports import MessageExport
from chatapp.gui.main.export_texts import AskPath, ask_path, progress_text
from chatapp.gui.main.state_bars import Situation, StateAction, state_bar
from chatapp.gui.main.state_page_view import StatePageView
from chatapp.gui.main.state_pages import AT_ONCE, DELAY_SECONDS, Page, PageAction, state_page
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.message_bar import MessageBar


class StateHandlers(NamedTuple):
    """Functions that the bar and the page call."""

    on_connect: Callable[[], object]
    """Let the user choose a server."""
    on_retry: Callable[[], object]
    """Connect again with the same login, and show what is wrong."""
    on_invite: Callable[[], object]
    """Copy an invite link."""
    on_join: Callable[[], object]
    """Join or make a channel."""
    on_write: Callable[[], object]
    """Write to somebody."""
    on_server: Callable[[], object]
    """Show the page of the server."""
    on_page: Callable[[bool], object]
    """A page takes the place of the messages (True), or goes (False)."""


class PaneStates:
    """The bar and the page. Their owner grids them.

    Args:
        shown: Returns the shown conversation.
        twelve_hours: Returns how times are written.
        now: Returns Unix seconds.
        ask: Returns the name of a file for the messages; "" for none.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Client,
        shown: Callable[[], Conversation | None],
        handlers: StateHandlers,
        twelve_hours: Callable[[], bool],
        now: Callable[[], float],
        ask: AskPath = ask_path,
    ) -> None:
        self._client = client
        self._shown = shown
        self._handlers = handlers
        self._twelve_hours = twelve_hours
        self._now = now
        self._ask = ask
        self._export: MessageExport | None = None  # of a user who is banned
        self._action: StateAction | None = None
        self.has_cards = False  # whether the page of a new chat is in the place of the messages
        self._candidate, self._since = "", 0.0  # the page that is to be shown, and since when
        self._read = ""  # the ban whose page the user has closed to read the messages
        self.bar = MessageBar(master, theme, self._press)
        self.page = StatePageView(master, theme, self._perform)

    @property
    def has_page(self) -> bool:
        """Whether a page takes the place of the messages."""
        return bool(self.page.winfo_exists() and self.page.winfo_manager())

    @property
    def has_bar(self) -> bool:
        """Whether a bar stands over the composer."""
        return bool(self.bar.winfo_manager())

    @property
    def is_changing(self) -> bool:
        """Whether what is shown changes with time: a countdown runs, or a page is about to come."""
        network, shown = self._client.network, self._shown()
        is_held = shown is not None and shown.held_until > 0
        return network.state == "waiting" or is_held or (bool(self._candidate) and not self.has_page)

    def paint(self) -> None:
        """Show what fits to the state now."""
        self._paint_page()
        self._paint_bar()

    def _paint_bar(self) -> None:
        client, shown = self._client, self._shown()
        waiting = client.waiting(shown) if shown is not None else None
        can_start = client.can_start_server_again
        situation = Situation(client.network, shown, waiting, self._now(), can_start, self.has_cards)
        found = None if self.has_page else state_bar(situation)
        self._action = found.action if found else None
        self.bar.show(found.bar if found else None)

    def _paint_page(self) -> None:
        page = self._page()
        name, now = page.name if page else "", self._now()
        if name != self._candidate:
            self._candidate, self._since = name, now
        is_due = name == AT_ONCE or now - self._since >= DELAY_SECONDS
        had_page = self.has_page
        if page is not None and (is_due or had_page):
            self.page.show(page)
        if page is None and had_page:
            self.page.grid_remove()
            self._handlers.on_page(False)
        elif page is not None and is_due and not had_page:
            self.page.grid()
            self._handlers.on_page(True)

    def _page(self) -> Page | None:
        network = self._client.network
        saved = progress_text(self._export) if self._export is not None else ""
        page = state_page(network, self._client.login.host, self._now(), self._twelve_hours(), saved)
        if page is not None and page.name == AT_ONCE and self._read == network.problem:
            return None
        if network.failure != AT_ONCE and network.state == "online":
            self._read, self._export = "", None
        return page

    def show_export(self, export: MessageExport) -> None:
        """Show that saving the messages has gone on."""
        if export is self._export:
            self.paint()

    def _save(self) -> None:
        path = self._ask(self.page)
        if path:
            self._export = self._client.save_loaded_messages(Path(path))
            self.paint()

    def _press(self) -> None:
        client, shown, handlers = self._client, self._shown(), self._handlers
        actions: dict[StateAction, Callable[[], object]] = {
            "retry": client.reconnect_now,
            "connect": handlers.on_connect,
            "check": handlers.on_retry,
            "start": client.start_server_again,
            "invite": handlers.on_invite,
            "browse": handlers.on_join,
        }
        if self._action == "join" and shown is not None:
            client.join(shown.name, shown.channel_key)
        elif self._action == "resend" and shown is not None:
            for entry in [each for each in shown.entries[-50:] if each.state == "failed"]:
                client.retry(shown, entry)
        elif self._action == "room":
            client.network.lacks_room = False
            self.paint()
            handlers.on_server()
        elif self._action == "files" and shown is not None:
            for attachment in [each for each in client.files.attachments(shown) if each.lacks_room]:
                client.files.retry(shown, attachment)
        elif self._action in actions:
            actions[self._action]()

    def _perform(self, action: PageAction) -> None:
        handlers = self._handlers
        if action == "read":
            self._read = self._client.network.problem
            self.paint()
        elif action == "save":
            self._save()
        elif action == "cancel":
            self._client.cancel()
            handlers.on_connect()
        else:
            {"connect": handlers.on_connect, "join": handlers.on_join, "write": handlers.on_write}[action]()
