"""Opens menus and dialogs over the window, one dialog at a time.

The module of a dialog is imported when the dialog is opened, so that the window is there sooner.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from chatapp.client.client import Client
from chatapp.client.incoming.events import ListedChannel
from chatapp.client.local.settings import Settings
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import ABOUT_PASSWORD_HOST
from chatapp.client.model.files import FileCard
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order
from chatapp.gui.dialogs.jump_commands import JumpActions, jump_commands
from chatapp.gui.dialogs.jump_targets import CommandTarget, ConversationTarget, Target
from chatapp.gui.main.message_files import MessageFiles
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.background_work import BackgroundWork
from chatapp.gui.widgets.dialog import Dialog, QuestionDialog
from chatapp.gui.widgets.popup import Popup
from chatapp.gui.widgets.widget_paths import focused
from chatapp.languages.translation import N_, _
from chatapp.protocol import names
from chatapp.protocol.addresses import is_this_computer
from chatapp.protocol.invite_links import Invite

if TYPE_CHECKING:
    from chatapp.gui.dialogs.emoji_picker import EmojiPicker
    from chatapp.gui.dialogs.join_dialog import JoinDialog, NewChannel
    from chatapp.gui.dialogs.jump_dialog import JumpState
    from chatapp.gui.dialogs.jump_search import JumpSearch
    from chatapp.system.picture_parts import PicturePart

Shown = TypeVar("Shown", bound=Dialog | Popup)

SERVER = N_("server")
NEEDS_KEY = "475"
COPIED = N_("Invite link copied. Send it to the people you want to invite.")
COPIED_HERE = N_("Invite link copied. It works only on this computer.")


class OverlayHandlers(NamedTuple):
    """Functions of the window that the overlays call."""

    on_mention: Callable[[str], object]
    """Insert this text into the composer."""
    on_settings: Callable[[str], object]
    """Open the settings at the page with this key, or where they were if it is empty."""
    on_notice: Callable[[str], object]
    """Show this text below the composer, or remove it if it is ""."""
    on_invite: Callable[[], bool]
    """Show how to invite people to the server; return whether the user may see it."""
    when_link_is_known: Callable[[Callable[[], object]], object]
    """Call a function when the invite link has the code that it needs, if it can have one."""
    server_names: Callable[[], Mapping[Network, str]]
    """Return the name of each server."""
    jump_actions: Callable[[], JumpActions]
    """Return what the commands of "Jump to" do."""
    setting_targets: Callable[[], Iterator[CommandTarget]]
    """Yield what of the settings "Jump to" offers."""


class Overlays:
    """Opens menus and dialogs, and passes the user's choices to the client."""

    def __init__(
        self, root: tk.Tk, theme: Theme, client: Client, settings: Settings, handlers: OverlayHandlers
    ) -> None:
        self._root = root
        self._theme = theme
        self._client = client
        self._settings = settings
        self._handlers = handlers
        self._work = BackgroundWork(root)
        self.dialog: Dialog | Popup | None = None
        self._emoji_picker: EmojiPicker | None = None
        self._join_dialog: JoinDialog | None = None
        self._joining: Order | None = None
        self._stopping: Order | None = None

    def pick_emoji(self, x: int, y: int, on_choose: Callable[[str], object], takes_many: bool = True) -> None:
        """Open the emoji picker at screen coordinates; close it if it is open."""
        from chatapp.gui.dialogs.emoji_picker import EmojiPicker, with_used

        if self._emoji_picker is not None and self._emoji_picker.winfo_exists():
            self._emoji_picker.close()
            return
        settings = self._settings

        def choose(sequence: str) -> None:
            settings.recent_emoji = with_used(settings.recent_emoji, sequence)
            on_choose(sequence)

        self._emoji_picker = EmojiPicker(
            self._root, self._theme, settings.recent_emoji, choose, x=x, y=y, takes_many=takes_many
        )

    def view_picture(
        self,
        conversation: Conversation,
        card: FileCard,
        files: MessageFiles,
        on_close: Callable[[], object] | None = None,
    ) -> None:
        """Show a picture of a conversation as a whole.

        Args:
            files: Saves and opens it.
            on_close: Called when it is closed; if None, the dialog that had the keyboard gets it back.
        """
        from chatapp.gui.dialogs.picture_viewer import PictureViewer, ViewerHandlers

        client, network = self._client, self._client.network_of(conversation)
        handlers = ViewerHandlers(
            on_fetch=lambda each: client.files.fetch_picture(network, each),
            on_cancel=lambda each: client.files.cancel_picture(network, each),
            on_save=files.save,
            on_open=files.open_path,
            cut=self._cut_picture,
        )
        pictures = files.pictures(conversation)
        before = focused(self._root)

        def closed() -> None:
            if on_close is not None:
                on_close()
            elif before is not None and before.winfo_exists() and before.winfo_toplevel() is not self._root:
                before.focus_set()

        self._open(lambda: PictureViewer(self._root, self._theme, pictures, card, handlers, closed))

    def _cut_picture(
        self, path: Path, media_type: str, part: PicturePart, done: Callable[[bytes], object]
    ) -> bool:
        """Make what the viewer needs of a picture, on another thread."""
        from chatapp.gui.dialogs.picture_parts import can_cut, cut_picture
        from chatapp.system.picture_parts import cutters

        found = list(cutters())
        if not can_cut(media_type, found):
            return False
        self._work.run(lambda: cut_picture(path, media_type, part, found), done)
        return True

    def close(self) -> None:
        """Close the dialog that is open, because another server is shown now."""
        if self.dialog is not None and self.dialog.winfo_exists():
            self.dialog.close()

    def invite(self) -> None:
        """Copy an invite link to the current channel."""
        self.copy_link(self._client.network.current)

    def invite_people(self) -> None:
        """Show link and code, or copy an invite link where there is no more to show."""
        if not self._handlers.on_invite():
            self.invite()

    def message(self, nick: str) -> None:
        """Open the direct message with another person."""
        if not self._client.network.is_me(nick):
            self._client.open_direct(nick)

    def jump(self, text: str = "") -> None:
        """Open the card that jumps to a conversation or a person, or carries out a command.

        Args:
            text: What is in its field at first.
        """
        from chatapp.gui.dialogs.jump_people import PersonCommands
        from chatapp.gui.dialogs.jump_search import JumpSearch

        client, actions = self._client, self._handlers.jump_actions()
        commands = jump_commands(client.network, self._settings, actions)
        settings = self._handlers.setting_targets()
        others = [each for each in client.networks if each is not client.network]
        search = JumpSearch(
            [client.network, *others],
            chain(commands, settings, self._servers(others)),
            unlisted=self._commands_for,
            about_people=PersonCommands(client.network, actions.people),
            servers=self._handlers.server_names() if others else None,
        )
        self._open_jump(search, only_people=False, text=text)

    @property
    def jump_state(self) -> JumpState | None:
        """What is typed and chosen in "Jump to"; None if it is not open."""
        from chatapp.gui.dialogs.jump_dialog import JumpDialog

        dialog = self.dialog
        return dialog.typed if isinstance(dialog, JumpDialog) and dialog.winfo_exists() else None

    def reopen_jump(self, state: JumpState) -> None:
        """Open "Jump to" as it was."""
        from chatapp.gui.dialogs.jump_dialog import JumpDialog

        if state.only_people:
            self.write(state.text)
        else:
            self.jump(state.text)
        if isinstance(self.dialog, JumpDialog):
            self.dialog.choose(state.chosen)

    def _servers(self, networks: Iterable[Network]) -> Iterator[CommandTarget]:
        """Yield the rows that go to other servers."""
        labels = self._handlers.server_names()
        for network in networks:
            label = labels.get(network, network.name)
            yield CommandTarget(label, "globe", partial(self._client.use_network, network), _(SERVER))

    def join(self) -> None:
        """Open the card that joins or makes a channel."""
        from chatapp.gui.dialogs.join_dialog import JoinDialog

        network = self._client.network
        if network.state != "online":
            return
        kinds = network.mode_kinds()
        may_be_private = "i" in kinds and "s" in kinds
        self._join_dialog = self._open(
            lambda: JoinDialog(self._root, self._theme, network, may_be_private, on_join=self._join_channel)
        )
        self._client.list_channels()

    @property
    def _is_open(self) -> bool:
        return self.dialog is not None and bool(self.dialog.winfo_exists())

    def _join_channel(self, channel: NewChannel) -> None:
        """Join or make a channel; one that we are in is shown."""
        opened = self._client.network.find(channel.name)
        if opened is not None and opened.joined:
            if self.dialog is not None:
                self.dialog.close()
            self._client.open(opened)
            return
        self._joining = self._client.order_channel(
            channel.name, channel.key, channel.topic, channel.is_private
        )

    def order_finished(self, order: Order) -> None:
        """Close the card if its channel was joined, else say in it why not.

        A channel that was chosen in "Jump to" and has a key opens the card, which asks for the key.
        """
        if order is self._stopping and order.problem:
            self._handlers.on_notice(order.problem)
        if order is not self._joining:
            return
        name = order.steps[0].message.params[0]
        is_from_card = self.dialog is not None and self.dialog is self._join_dialog
        refusal = order.refusals[0] if order.refusals else None
        is_refused = refusal is not None and refusal.step is order.steps[0]
        dialog = self._open_join_dialog
        if refusal is not None and refusal.code == NEEDS_KEY and not is_from_card and not self._is_open:
            self.join()
            dialog = self._open_join_dialog
        if dialog is not None and refusal is not None and is_refused:
            dialog.show_refused(name, refusal.reason, needs_key=refusal.code == NEEDS_KEY)
        elif dialog is not None:
            dialog.close()
        if refusal is not None and (dialog is None or not is_refused):
            joined = _("You are in {channel}, but it was not changed: {reason}")
            text = refusal.reason if is_refused else joined.format(channel=name, reason=refusal.reason)
            self._handlers.on_notice(text)

    def show_channels(self, listed: tuple[ListedChannel, ...]) -> None:
        """Show the channel list of the server in the dialog that joins a channel."""
        if self._open_join_dialog is not None:
            self._open_join_dialog.show(listed)

    @property
    def _open_join_dialog(self) -> JoinDialog | None:
        """The card that joins or makes a channel; None if it is not open."""
        dialog = self._join_dialog
        return dialog if dialog is not None and dialog.winfo_exists() else None

    def write(self, text: str = "") -> None:
        """Open the card that chooses a person to write to.

        Args:
            text: What is in its field at first.
        """
        from chatapp.gui.dialogs.jump_search import JumpSearch

        self._open_jump(JumpSearch([self._client.network], only_people=True), only_people=True, text=text)

    def ask_away(self) -> None:
        """Open the dialog that asks why the user is away."""
        from chatapp.gui.dialogs.away_dialog import AwayDialog

        network = self._client.network
        self._open(
            lambda: AwayDialog(
                self._root,
                self._theme,
                network.away_text if network.away else "",
                network.longest_away,
                on_away=lambda reason: self.run(None, f"/away {reason}"),
            )
        )

    def settings(self, page: str = "") -> None:
        """Open the settings.

        Args:
            page: The key of the page; empty for the one that was shown last.
        """
        if self.dialog is not None:
            self.dialog.destroy()
        self._handlers.on_settings(page)

    def shortcuts(self) -> None:
        """Show all keyboard shortcuts."""
        self.settings(page="shortcuts")

    def ask_keep_server(self, on_answer: Callable[[bool], object]) -> None:
        """Ask whether the server on this computer keeps running.

        Args:
            on_answer: Called with True to keep it running, False to stop it; not called on Cancel.
        """
        self._open(
            lambda: QuestionDialog(
                self._root,
                self._theme,
                _("Keep the chat running?"),
                _("The server runs on this computer. If you stop it, nobody can chat there."),
                {
                    _("Keep it running"): lambda: on_answer(True),
                    _("Stop it"): lambda: on_answer(False),
                    _("Cancel"): lambda: None,
                },
                escape=_("Cancel"),
            )
        )

    def ask_close(self, text: str, on_close: Callable[[], object]) -> None:
        """Ask whether the window closes while files are not sent.

        Args:
            text: What would happen to them.
            on_close: Called to close it.
        """
        self._open(
            lambda: QuestionDialog(
                self._root,
                self._theme,
                _("Close the window now?"),
                text,
                {_("Keep it open"): lambda: None, _("Close it"): on_close},
                escape=_("Keep it open"),
            )
        )

    def ask_about_password_host(self, host: str, on_answer: Callable[[bool], object]) -> None:
        """Ask whether a host that is not that of the chat gets the password of the account, with its files.

        Args:
            on_answer: Called with whether it does.
        """
        keep, send = _("Do not send it"), _("Send the password")
        self._open(
            lambda: QuestionDialog(
                self._root,
                self._theme,
                _("Send your password to another server?"),
                _(ABOUT_PASSWORD_HOST).format(host=host),
                {keep: lambda: on_answer(False), send: lambda: on_answer(True)},
                escape=keep,
            )
        )

    def ask_to_stop_server(self) -> None:
        """Ask whether to stop the server of the current network."""
        from chatapp.gui.dialogs.stop_question import StopQuestion

        overview = self._client.server.overview
        self._open(lambda: StopQuestion(self._root, self._theme, overview, self.stop_server))

    def stop_server(self) -> None:
        """Stop the server of the current network, without asking."""
        self._stopping = self._client.server.stop()

    def copy_link(self, conversation: Conversation | None) -> None:
        """Copy the invite link of a conversation, and show a notice, when it has the code that it needs."""
        self._handlers.when_link_is_known(lambda: self._copy_link(conversation))

    def _copy_link(self, conversation: Conversation | None) -> None:
        link = self._client.invite_link(conversation)
        self._root.clipboard_clear()
        self._root.clipboard_append(link)
        is_here = is_this_computer(Invite.parse(link).host)
        self._handlers.on_notice(_(COPIED_HERE if is_here else COPIED))

    def run(self, conversation: Conversation | None, command: str) -> None:
        """Run a slash command; show why it was refused."""
        self._handlers.on_notice(self._client.run(conversation, command) or "")

    def notice(self, text: str) -> None:
        """Show a text below the composer."""
        self._handlers.on_notice(text)

    def _open_jump(self, search: JumpSearch, only_people: bool, text: str = "") -> None:
        from chatapp.gui.dialogs.jump_dialog import JumpDialog

        self._open(lambda: JumpDialog(self._root, self._theme, search, self._follow, only_people, text))

    def _commands_for(self, text: str) -> list[CommandTarget]:
        """Return what can be done with a text that names no conversation and no person."""
        from chatapp.gui.dialogs.channel_rows import new_channel
        from chatapp.gui.dialogs.join_dialog import NewChannel

        network = self._client.network
        new = new_channel(network, f"{names.CHANNEL_TYPES}{text}")
        opened = network.find(new.name) if new.name else None
        if network.state != "online" or not new.name or (opened is not None and opened.joined):
            return []
        label = _("{reason}: {channel}") if new.reason else _("Join or make {channel}")
        label = label.format(reason=new.reason, channel=new.name)
        return [CommandTarget(label, "plus", lambda: self._join_channel(NewChannel(new.name)), where="")]

    def _open(self, make: Callable[[], Shown]) -> Shown:
        """Open a dialog, and return it; close the one that is open."""
        if self.dialog is not None:
            self.dialog.destroy()
        self.dialog = made = make()
        return made

    def _follow(self, target: Target) -> None:
        """Open what was chosen in "Jump to", or carry it out."""
        if isinstance(target, CommandTarget):
            target.run()
        elif isinstance(target, ConversationTarget):
            if target.conversation in target.network.conversations.values():
                self._client.open(target.conversation)
        else:
            self._client.use_network(target.network)
            self.message(target.nick)
