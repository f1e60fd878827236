"""What opens over the window: menus of people and conversations, and the dialogs, one at a time."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from chatapp.client.client import Client
from chatapp.client.incoming.events import ListedChannel
from chatapp.client.local.settings import Settings
from chatapp.client.model.conversation import Conversation
from chatapp.client.transport.certificates import is_here
from chatapp.gui.dialogs import quick_switcher
from chatapp.gui.dialogs.join_dialog import JoinDialog
from chatapp.gui.dialogs.settings_window import SettingsWindow
from chatapp.gui.main import sidebar
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.dialog import Dialog, QuestionDialog
from chatapp.gui.widgets.picker import Picker
from chatapp.protocol.invite_links import Invite

COPIED = "The invite link is in the clipboard: send it to whoever shall come."
COPIED_HERE = "The invite link is in the clipboard, but works on this computer alone: others cannot come in."


@dataclass(frozen=True, slots=True)
class OverlayHandlers:
    """What the window does for its overlays: write words into the composer, repaint after something was
    muted, follow a setting, let another server be chosen, say what was refused.
    """

    on_mention: Callable[[str], object]
    on_muted: Callable[[], object]
    on_setting: Callable[[str], object]
    on_other_server: Callable[[], object]
    on_problem: Callable[[str], object]


class Overlays:
    """Opens them, and hands to the client what was chosen in them."""

    def __init__(
        self, root: tk.Tk, theme: Theme, client: Client, settings: Settings, doors: OverlayHandlers
    ) -> None:
        self._root = root
        self._theme = theme
        self._client = client
        self._settings = settings
        self._doors = doors
        self.dialog: Dialog | None = None

    def conversation_menu(self, name: str, x: int, y: int) -> None:
        """What can be done with a conversation."""
        conversation = self._client.network.find(name)
        if conversation is not None:
            items = context_menus.conversation_items(
                self._client.network,
                conversation,
                run=lambda command: self._run(conversation, command),
                read=lambda: self._client.mark_read(conversation),
                mute=lambda: self._mute(conversation),
                copy_link=lambda: self._copy_link(conversation),
            )
            context_menus.pop_up(self._root, self._theme, items, x, y)

    def person_menu(self, nick: str, x: int, y: int) -> None:
        """What can be done with a person in the conversation that is shown."""
        network = self._client.network
        items = context_menus.person_items(
            network,
            network.current,
            nick,
            run=lambda command: self._run(network.current, command),
            mention=lambda nick: self._doors.on_mention(f"@{nick} "),
        )
        context_menus.pop_up(self._root, self._theme, items, x, y)

    def invite(self) -> None:
        """Copy a link for others, into the channel that is shown."""
        self._copy_link(self._client.network.current)

    def message(self, nick: str) -> None:
        """Open the direct message with somebody else."""
        if not self._client.network.is_me(nick):
            self._client.direct(nick)

    def jump(self) -> None:
        """The dialog that goes to a conversation or a person."""
        self._open(
            lambda: Picker(
                self._root,
                self._theme,
                "Jump to",
                "Channel or person",
                find=lambda text: quick_switcher.found(self._client.network, text),
                on_choose=self._go,
            )
        )

    def join(self) -> None:
        """The dialog that joins a channel."""

        def join(name: str) -> None:
            self._run(self._client.network.current, f"/join {name}")

        self._open(lambda: JoinDialog(self._root, self._theme, join))
        self._client.list_channels()

    def show_channels(self, listed: tuple[ListedChannel, ...]) -> None:
        """The server has said which channels there are."""
        if isinstance(self.dialog, JoinDialog) and self.dialog.winfo_exists():
            self.dialog.show(listed)

    def settings(self) -> None:
        """The settings, with the shortcuts."""
        doors = self._doors
        self._open(
            lambda: SettingsWindow(
                self._root,
                self._theme,
                self._settings,
                doors.on_setting,
                doors.on_other_server,
            )
        )

    def keep_server(self, on_answer: Callable[[bool], object]) -> None:
        """Ask whether the server that was started from here keeps running."""
        self._open(
            lambda: QuestionDialog(
                self._root,
                self._theme,
                "Keep the chat running?",
                "The server was started from here. If you stop it, nobody can chat there any more.",
                {
                    "Keep it running": lambda: on_answer(True),
                    "Stop it": lambda: on_answer(False),
                    "Cancel": lambda: None,
                },
                escape="Cancel",
            )
        )

    def _open(self, make: Callable[[], Dialog]) -> None:
        """Open a dialog in place of the one that is open."""
        if self.dialog is not None:
            self.dialog.destroy()
        self.dialog = make()

    def _go(self, key: str) -> None:
        """To a conversation of the sidebar, or to a person who has none yet."""
        name = sidebar.named(key)
        conversation = self._client.network.find(name)
        if conversation is not None:
            self._client.open(conversation)
        else:
            self.message(name)

    def _mute(self, conversation: Conversation) -> None:
        conversation.muted = not conversation.muted
        self._doors.on_muted()

    def _copy_link(self, conversation: Conversation | None) -> None:
        """Put the link to where we are into the clipboard, and say what it is good for."""
        link = self._client.invite_link(conversation)
        self._root.clipboard_clear()
        self._root.clipboard_append(link)
        self._doors.on_problem(COPIED_HERE if is_here(Invite.parse(link).host) else COPIED)

    def _run(self, conversation: Conversation | None, command: str) -> None:
        self._doors.on_problem(self._client.run(conversation, command) or "")
