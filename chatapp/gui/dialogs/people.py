"""Opens what concerns people: profile cards, their menu, settings of channels; ignoring and leaving."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from chatapp.client.client import Client
from chatapp.client.incoming.events import WhoisReply
from chatapp.client.local import notes
from chatapp.client.local.settings import Settings
from chatapp.client.model import ignored_people, own_account
from chatapp.client.model.changes import Change, MembersChanged, OrderFinished, ProfileReceived, StatusChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import FileCard
from chatapp.client.model.profile import Profile, profile
from chatapp.client.outgoing import moderation
from chatapp.client.outgoing.ban_masks import is_mute
from chatapp.gui.dialogs.moderation_orders import Moderation, ModerationHandlers
from chatapp.gui.dialogs.own_profile import OwnProfileCard, OwnProfileHandlers
from chatapp.gui.dialogs.profile_card import ProfileCard, ProfileHandlers
from chatapp.gui.main import menu_items
from chatapp.gui.main.message_files import MessageFiles
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.gui.widgets.popup import Area
from chatapp.gui.widgets.undo_notice import Undo
from chatapp.languages.translation import N_, _

if TYPE_CHECKING:
    from chatapp.gui.dialogs.channel_settings import ChannelSettings

DOUBLE_CLICK_SECONDS = 0.5
RENAMED = N_("✓ You are {name} now.")


class PeopleHandlers(NamedTuple):
    """Functions of the window that are called from here."""

    on_mention: Callable[[str], object]
    """Insert this text into the composer."""
    on_undo: Callable[[Undo], object]
    """Show a notice over the composer."""
    on_problem: Callable[[str], object]
    """Show this text below the composer."""
    on_changed: Callable[[], object]
    """Repaint the people and the sidebar."""
    on_moderated: Callable[[], object] = lambda: None
    """Called when the moderation dialog has closed."""
    on_protect: Callable[[], object] = lambda: None
    """Show where the user gives the own name a password."""
    on_picture: Callable[[Conversation, FileCard, MessageFiles], object] = lambda where, card, files: None
    """Show a picture of a conversation as a whole."""


class People:
    """Opens cards and dialogs about people, and carries out what is decided there."""

    def __init__(
        self, root: tk.Tk, theme: Theme, client: Client, settings: Settings, handlers: PeopleHandlers
    ) -> None:
        self._root = root
        self._theme = theme
        self._client = client
        self._settings = settings
        self._handlers = handlers
        self.clock: Callable[[], float] = monotonic  # a test replaces it
        self._reply: WhoisReply | None = None
        self.moderation = Moderation(
            root,
            theme,
            client,
            ModerationHandlers(handlers.on_undo, handlers.on_problem, handlers.on_moderated),
        )
        self.card: ProfileCard | OwnProfileCard | None = None
        self.settings_dialog: ChannelSettings | None = None

    def close(self) -> None:
        """Close cards and dialogs, because another server is shown now."""
        for each in (self.card, self.settings_dialog, self.moderation.dialog):
            if each is not None and each.winfo_exists():
                each.close()

    # profile

    def show(self, nick: str, area: Area, is_below: bool = False) -> None:
        """Show the card of a person beside an area of the screen; a second click there writes instead."""
        if self.card is not None and self.card.winfo_exists():
            self.card.close()
        self._reply = None
        network = self._client.network
        if network.state == "online":
            self._client.request_profile(nick)
        if network.is_me(nick):
            self.card = self._own_card()
        else:
            self.card = self._card_of(nick, area)
        focus = None if isinstance(self.card, OwnProfileCard) else self.card.message_button
        self.card.open(area, focus, is_below)

    def show_own(self, area: Area) -> None:
        """Show the card of the user."""
        self.show(self._client.network.nick, area)

    def apply(self, change: Change) -> None:
        """Follow a change of the model."""
        if self.settings_dialog is not None and self.settings_dialog.winfo_exists():
            self.settings_dialog.apply(change)
        if isinstance(change, OrderFinished):
            self.moderation.order_finished(change.order)
        elif self.card is not None and self.card.winfo_exists():
            network = self._client.network
            if isinstance(change, ProfileReceived) and change.network is network:
                if network.fold(change.reply.nick) == network.fold(self.card.nick):
                    self._reply = change.reply
                    self.card.show(self._profile(self.card.nick))
            elif isinstance(change, StatusChanged | MembersChanged):
                nick = network.nick if isinstance(self.card, OwnProfileCard) else self.card.nick
                self.card.show(self._profile(nick))

    def _card_of(self, nick: str, area: Area) -> ProfileCard:
        network, current = self._client.network, self._client.network.current
        may_moderate = current is not None and bool(moderation.offered(network, current, nick))
        opened = self.clock()

        def clicked_outside(x: int, y: int) -> None:
            is_inside = 0 <= x - area.x < area.width and 0 <= y - area.y < area.height
            if is_inside and self.clock() - opened < DOUBLE_CLICK_SECONDS:
                self.message(nick)

        return ProfileCard(
            self._root,
            self._theme,
            self._profile(nick),
            ProfileHandlers(
                on_message=self.message,
                on_mention=self.mention,
                on_ignore=self.toggle_ignored,
                on_moderate=self.moderation.moderate if may_moderate else None,
                on_note=lambda nick, text: notes.set_note(
                    self._settings, self._server(), network, nick, text
                ),
            ),
            note=notes.note(self._settings, self._server(), network, nick),
            is_ignored=ignored_people.is_ignored(network, nick),
            on_outside=clicked_outside,
        )

    def _server(self) -> str:
        """Return what notes about the people of the current network are stored under."""
        return self._client.key or self._client.login.address

    def _own_card(self) -> OwnProfileCard:
        network = self._client.network
        return OwnProfileCard(
            self._root,
            self._theme,
            self._profile(network.nick),
            OwnProfileHandlers(
                on_name=self._change_name,
                on_away=lambda reason: self._run(f"/away {reason}"),
                on_back=lambda: self._run("/back"),
                on_protect=self._handlers.on_protect if own_account.offers(network).protect else None,
            ),
            away_text=network.away_text,
            is_away=network.away,
            longest_away=network.longest_away,
        )

    def _profile(self, nick: str) -> Profile:
        network = self._client.network
        return profile(network, nick, self._reply, network.time(network.wall))

    def _change_name(self, name: str) -> None:
        network, outcome = self._client.network, self._client.give_name(name)
        card = self.card
        assert isinstance(card, OwnProfileCard)
        if isinstance(outcome, str):
            card.show_name_result(outcome)
            return

        def finished() -> None:
            if card.winfo_exists():
                card.show_name_result(outcome.problem)
            if not outcome.problem and self._client.network is network:
                self._handlers.on_problem(_(RENAMED).format(name=name))

        if outcome.is_finished:
            finished()
        else:
            self.moderation.follow(outcome, finished)

    # menus and settings

    def menu(self, nick: str, x: int, y: int, conversation: Conversation | None = None) -> None:
        """Open the menu of a person at screen coordinates.

        Args:
            conversation: Where the person was seen; None for the current conversation.
        """
        items = self.items(nick, Area(x, y, 1, 1), conversation)
        context_menus.pop_up(self._root, self._theme, items, x, y)

    def items(self, nick: str, place: Area, conversation: Conversation | None = None) -> Iterator[MenuItem]:
        """Return the items of the menu of a person.

        Args:
            place: Below which the profile opens.
            conversation: Where the person was seen; None for the current conversation.
        """
        network = self._client.network
        where = conversation or network.current
        bans = self.moderation.bans(nick, where)
        measures = moderation.offered(network, where, nick) if where is not None else []
        actions = menu_items.PersonActions(
            profile=lambda: self.show(nick, place, is_below=True),
            message=lambda: self.message(nick),
            mention=lambda: self.mention(nick),
            ignore=lambda: self.toggle_ignored(nick),
            set_rank=lambda letter, is_given: self.moderation.set_rank(where, nick, letter, is_given),
            measures=measures,
            moderate=lambda kind: self.moderation.moderate(nick, kind, where),
            lift=(lambda: self.moderation.lift(where, bans)) if where is not None and bans else None,
            lifts_mutes=all(is_mute(network, ban) for ban in bans),
        )
        return menu_items.person_items(network, where, nick, actions)

    def channel_bans(self) -> None:
        """Show the bans of the current channel in its settings."""
        self.channel_settings(shows_bans=True)

    def channel_settings(self, conversation: Conversation | None = None, shows_bans: bool = False) -> None:
        """Open the settings of a channel, by default of the current one."""
        from chatapp.gui.dialogs.channel_settings import BANNED, OVERVIEW, ChannelHandlers, ChannelSettings

        where = conversation or self._client.network.current
        if where is None or where.kind != "channel" or not where.joined:
            return
        if self.settings_dialog is not None and self.settings_dialog.winfo_exists():
            self.settings_dialog.destroy()
        self.settings_dialog = ChannelSettings(
            self._root,
            self._theme,
            self._client,
            where,
            ChannelHandlers(
                on_member=lambda nick, x, y: self.menu(nick, x, y, where),
                on_leave=lambda: self.leave(where),
                on_changed=self._handlers.on_changed,
                on_place=lambda entry: self._client.open_at(where, entry),
                on_picture=lambda card, files: self._handlers.on_picture(where, card, files),
            ),
            page=BANNED if shows_bans else OVERVIEW,
            shows_pictures=self._settings.show_pictures,
            twelve_hours=not self._settings.clock24,
        )

    # what can be done

    def message(self, nick: str) -> None:
        """Open the direct message with a person."""
        if not self._client.network.is_me(nick):
            self._client.open_direct(nick)

    def mention(self, nick: str) -> None:
        """Put a mention of a person into the composer."""
        self._handlers.on_mention(f"@{self._client.network.display_name(nick)} ")

    def toggle_ignored(self, nick: str) -> None:
        """Ignore a person, or no longer; the notice undoes it."""
        network = self._client.network
        name, was_ignored = network.display_name(nick), ignored_people.is_ignored(network, nick)

        def set_ignored(is_ignored: bool) -> None:
            self._client.ignore(nick, is_ignored)
            self._handlers.on_changed()

        set_ignored(not was_ignored)
        text = _("You are no longer ignoring {name}") if was_ignored else _("You are ignoring {name}")
        detail = "" if was_ignored else _("New messages are hidden")
        self._handlers.on_undo(Undo(text.format(name=name), lambda: set_ignored(was_ignored), detail=detail))

    def leave(self, conversation: Conversation) -> None:
        """Leave a channel, or close a direct message; the notice undoes it where one can come back."""
        client, name, key = self._client, conversation.name, conversation.channel_key
        is_open = conversation.kind == "direct" or (
            conversation.joined and "i" not in (conversation.modes or ())
        )
        client.leave(conversation)
        if conversation.kind == "direct":
            text = _("The conversation with {name} is closed")
            self._handlers.on_undo(
                Undo(
                    text.format(name=client.network.display_name(name)),
                    lambda: self.message(name),
                    icon="x",
                    icon_role="muted",
                )
            )
        elif conversation.kind == "channel" and is_open and client.network.state == "online":
            self._handlers.on_undo(
                Undo(
                    _("You left {channel}").format(channel=name),
                    lambda: client.join(name, key),
                    icon="door",
                    icon_role="muted",
                )
            )

    def _run(self, command: str) -> None:
        self._handlers.on_problem(self._client.run(self._client.network.current, command) or "")
