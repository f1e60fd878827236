"""Everything about people: profile cards, ignoring, the moderation dialog, and the notices to undo it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from chatapp.client.client import Client
from chatapp.client.incoming.events import WhoisReply
from chatapp.client.local import notes
from chatapp.client.local.settings import Settings
from chatapp.client.model import abilities, ignored_people
from chatapp.client.model.changes import Change, MembersChanged, OrderFinished, ProfileReceived, StatusChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import ChannelBan
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order, Step
from chatapp.client.model.profile import Profile, profile
from chatapp.client.outgoing import moderation
from chatapp.client.outgoing.ban_masks import bans_on, is_mute
from chatapp.client.outgoing.moderation import Measure, MeasureKind, NoMask
from chatapp.gui.dialogs.channel_settings import ChannelHandlers, ChannelSettings
from chatapp.gui.dialogs.durations import durations
from chatapp.gui.dialogs.moderation_dialog import Accused, Decision, ModerationDialog
from chatapp.gui.dialogs.own_profile import OwnProfileCard, OwnProfileHandlers
from chatapp.gui.dialogs.profile_card import ProfileCard, ProfileHandlers
from chatapp.gui.main import menu_items
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.popup import Area
from chatapp.gui.widgets.undo_notice import Undo
from chatapp.protocol.message import Message

RECENT_SECONDS = 3600  # of the messages that a moderator can delete together
DOUBLE_CLICK_SECONDS = 0.5
DONE: dict[MeasureKind, str] = {
    "mute": "{} cannot write in {}",
    "remove": "{} is removed from {}",
    "ban": "{} is banned from {}",
    "server_ban": "{} is banned from {}",
}
TOO_LATE = "The messages are already deleted."
NOT_UNDONE = "It could not be undone: {}"
NO_MEASURE = "You cannot do anything about {} here."


@dataclass(frozen=True, slots=True)
class PeopleHandlers:
    """Functions of the window that are called from here."""

    on_mention: Callable[[str], object]
    """Insert this text into the composer."""
    on_undo: Callable[[Undo], object]
    """Show a notice over the composer."""
    on_problem: Callable[[str], object]
    """Show this text below the composer."""
    on_changed: Callable[[], object]
    """Repaint the people and the sidebar."""


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
        self._finishing: dict[Order, Callable[[], object]] = {}
        self.card: ProfileCard | OwnProfileCard | None = None
        self.dialog: ModerationDialog | None = None
        self.settings_dialog: ChannelSettings | None = None

    @property
    def is_busy(self) -> bool:
        """Whether the server has not answered everything that was decided."""
        return bool(self._finishing)

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
        focus = self.card.name.entry if isinstance(self.card, OwnProfileCard) else self.card.message_button
        self.card.open(area, focus, is_below)

    def show_own(self, area: Area) -> None:
        """Show the card of the user."""
        self.show(self._client.network.nick, area)

    def apply(self, change: Change) -> None:
        """Follow a change of the model."""
        if self.settings_dialog is not None and self.settings_dialog.winfo_exists():
            self.settings_dialog.apply(change)
        if isinstance(change, OrderFinished):
            self._order_finished(change.order)
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
                on_moderate=self.moderate if may_moderate else None,
                on_note=lambda nick, text: notes.set_note(
                    self._settings, self._client.login.address, network, nick, text
                ),
            ),
            note=notes.note(self._settings, self._client.login.address, network, nick),
            is_ignored=ignored_people.is_ignored(network, nick),
            on_outside=clicked_outside,
        )

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
            ),
            away_text=network.away_text,
            is_away=network.away,
            longest_away=network.longest_away,
        )

    def _profile(self, nick: str) -> Profile:
        network = self._client.network
        return profile(network, nick, self._reply, network.time(network.wall))

    def _change_name(self, name: str) -> None:
        outcome = self._client.give_name(name)
        card = self.card
        assert isinstance(card, OwnProfileCard)
        if isinstance(outcome, str):
            card.show_name_result(outcome)
            return

        def finished() -> None:
            if card.winfo_exists():
                card.show_name_result(outcome.problem)

        if outcome.is_finished:
            finished()
        else:
            self._finishing[outcome] = finished

    # menus and settings

    def menu(self, nick: str, x: int, y: int, conversation: Conversation | None = None) -> None:
        """Open the menu of a person at screen coordinates.

        Args:
            conversation: Where the person was seen; None for the current conversation.
        """
        network = self._client.network
        where = conversation or network.current
        bans = self.bans(nick, where)
        may_moderate = where is not None and bool(moderation.offered(network, where, nick))
        actions = menu_items.PersonActions(
            profile=lambda: self.show(nick, Area(x, y, 1, 1), is_below=True),
            message=lambda: self.message(nick),
            mention=lambda: self.mention(nick),
            ignore=lambda: self.toggle_ignored(nick),
            set_rank=lambda letter, is_given: self._set_rank(where, nick, letter, is_given),
            moderate=(lambda: self.moderate(nick, conversation=where)) if may_moderate else None,
            lift=(lambda: self.lift(where, bans)) if where is not None and bans else None,
            lift_label=lift_label(network, bans),
        )
        items = menu_items.person_items(network, where, nick, actions)
        context_menus.pop_up(self._root, self._theme, items, x, y)

    def channel_settings(self, conversation: Conversation | None = None) -> None:
        """Open the settings of a channel, by default of the current one."""
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
            ),
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
        text = f"You are no longer ignoring {name}" if was_ignored else f"You are ignoring {name}"
        detail = "" if was_ignored else "New messages are hidden"
        self._handlers.on_undo(Undo(text, lambda: set_ignored(was_ignored), detail=detail))

    def moderate(self, nick: str, conversation: Conversation | None = None) -> None:
        """Open the moderation dialog about a person in a channel, by default in the current one."""
        network = self._client.network
        current = conversation or network.current
        kinds = moderation.offered(network, current, nick) if current else []
        if current is None or not kinds:
            self._handlers.on_problem(NO_MEASURE.format(network.display_name(nick)))
            return
        self._client.request_profile(nick)  # a ban needs the host
        if self.dialog is not None and self.dialog.winfo_exists():
            self.dialog.destroy()
        self.dialog = ModerationDialog(
            self._root,
            self._theme,
            _accused(network, current, nick, kinds),
            durations(datetime.now()),
            lambda decision: self._decide(current, nick, decision),
        )

    def bans(self, nick: str, where: Conversation | None) -> list[ChannelBan]:
        """Return the bans and mutes of a channel that match a person and that the user may lift."""
        network = self._client.network
        if where is None or not moderation.offered(network, where, nick):
            return []
        return bans_on(network, where, nick)

    def lift(self, conversation: Conversation, bans: list[ChannelBan]) -> None:
        """Lift bans and mutes of a channel."""
        order = moderation.lifting(self._client.network, conversation, bans)

        def finished() -> None:
            if order.problem:
                self._handlers.on_problem(order.problem)

        self._give(order, finished)

    def _set_rank(self, where: Conversation | None, nick: str, letter: str, is_given: bool) -> None:
        """Give a rank in a channel, or take it."""
        if where is not None:
            mode = Message("MODE", [where.name, f"{'+' if is_given else '-'}{letter}", nick])
            order = Order((Step(mode),))
            self._give(order, lambda: self._handlers.on_problem(order.problem))

    def leave(self, conversation: Conversation) -> None:
        """Leave a channel, or close a direct message; the notice undoes it where one can come back."""
        client, name, key = self._client, conversation.name, conversation.channel_key
        is_open = conversation.kind == "direct" or (
            conversation.joined and "i" not in (conversation.modes or ())
        )
        client.leave(conversation)
        if conversation.kind == "direct":
            title = client.network.display_name(name)
            self._handlers.on_undo(
                Undo(
                    f"The conversation with {title} is closed",
                    lambda: self.message(name),
                    icon="x",
                    icon_role="muted",
                )
            )
        elif conversation.kind == "channel" and is_open and client.network.state == "online":
            self._handlers.on_undo(
                Undo(f"You left {name}", lambda: client.join(name, key), icon="door", icon_role="muted")
            )

    # moderation

    def _decide(self, conversation: Conversation, nick: str, decision: Decision) -> None:
        """Carry out a decision; delete and offer to undo when the server has accepted it."""
        dialog, network = self.dialog, self._client.network
        command = decision.duration.command if decision.duration else ""
        try:
            order = moderation.order(
                network, conversation, Measure(decision.kind, nick, command, decision.reason)
            )
        except NoMask as problem:
            if dialog is not None:
                dialog.show_problem(str(problem))
            return
        name = network.display_name(nick)  # it may be unknown when the person is gone

        def finished() -> None:
            is_open = dialog is not None and dialog.winfo_exists()
            if order.problem and dialog is not None and is_open:
                dialog.show_problem(order.problem)
            elif order.problem:
                self._handlers.on_problem(order.problem)
            else:
                if dialog is not None and is_open:
                    dialog.close()
                self._done(conversation, nick, name, decision, order)

        self._give(order, finished)

    def _done(
        self, conversation: Conversation, nick: str, name: str, decision: Decision, order: Order
    ) -> None:
        client, deleted = self._client, 0
        if decision.deletes:
            deleted = client.delete_recent(conversation, nick, RECENT_SECONDS, decision.reason)
        where = client.network.name if decision.kind == "server_ban" else conversation.name
        text = DONE[decision.kind].format(name, where)
        if decision.duration and decision.duration.phrase:
            text = f"{text} {decision.duration.phrase}"

        def undo() -> None:
            if deleted and client.undo_delete_recent(conversation) < deleted:
                self._handlers.on_problem(TOO_LATE)
            lifting = moderation.undoing(order)
            self._give(lifting, lambda: self._tell_undone(lifting))

        several = "" if deleted == 1 else "s"
        detail = f"{deleted} message{several} deleted" if deleted else ""
        self._handlers.on_undo(
            Undo(text, undo, detail=detail, on_hold=lambda: client.keep_undo(conversation))
        )

    def _tell_undone(self, order: Order) -> None:
        if order.problem:
            self._handlers.on_problem(NOT_UNDONE.format(order.problem))

    def _give(self, order: Order, finished: Callable[[], object]) -> None:
        self._finishing[order] = finished
        self._client.give(order)

    def _order_finished(self, order: Order) -> None:
        finished = self._finishing.pop(order, None)
        if finished is not None:
            finished()

    def _run(self, command: str) -> None:
        self._handlers.on_problem(self._client.run(self._client.network.current, command) or "")


def lift_label(network: Network, bans: list[ChannelBan]) -> str:
    """Return the label of the menu item that lifts these bans and mutes."""
    return "Let write again" if all(is_mute(network, ban) for ban in bans) else "Lift the ban"


def _accused(network: Network, conversation: Conversation, nick: str, kinds: list[MeasureKind]) -> Accused:
    person = network.people.get(network.fold(nick))
    account = person.account if person else ""
    name = network.display_name(nick)
    since = network.time(network.wall) - RECENT_SECONDS
    recent = [
        entry
        for entry in conversation.entries
        if entry.time >= since
        and network.fold(entry.nick) == network.fold(nick)
        and abilities.may_delete(network, conversation, entry)
    ]
    about = [nick] if nick != name else []
    if account:
        about.append(f"account {account}")
    elif "account-notify" in network.capabilities:
        about.append("no account")
    return Accused(
        nick,
        name,
        " · ".join(about),
        conversation.name,
        network.name,
        kinds,
        frozenset(kind for kind in kinds if moderation.has_durations(network, kind)),
        len(recent),
    )
