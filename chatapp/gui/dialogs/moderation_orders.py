"""Moderation of people in a channel: the dialog, what is ordered from the server, and how it is undone."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from chatapp.client.client import Client
from chatapp.client.model import abilities
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import ChannelBan
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order, Step
from chatapp.client.model.own_account import has_accounts
from chatapp.client.outgoing import moderation
from chatapp.client.outgoing.ban_masks import bans_on
from chatapp.client.outgoing.moderation import Measure, MeasureKind, NoMask
from chatapp.gui.dialogs.durations import Duration, durations
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.undo_notice import Undo
from chatapp.languages.translation import N_, _, ngettext
from chatapp.protocol.message import Message

if TYPE_CHECKING:
    from chatapp.gui.dialogs.moderation_dialog import Accused, Decision, ModerationDialog

RECENT_SECONDS = 3600  # of the messages that a moderator can delete together
DONE: dict[MeasureKind, str] = {
    "mute": N_("{name} cannot write in {place}"),
    "remove": N_("{name} is removed from {place}"),
    "ban": N_("{name} is banned from {place}"),
    "server_ban": N_("{name} is banned from {place}"),
}
DONE_FOR: dict[MeasureKind, str] = {
    "mute": N_("{name} cannot write in {place} for {length}"),
    "ban": N_("{name} is banned from {place} for {length}"),
    "server_ban": N_("{name} is banned from {place} for {length}"),
}
DONE_UNTIL: dict[MeasureKind, str] = {
    "mute": N_("{name} cannot write in {place} until {end}"),
    "ban": N_("{name} is banned from {place} until {end}"),
    "server_ban": N_("{name} is banned from {place} until {end}"),
}
USUAL: tuple[MeasureKind, ...] = ("remove", "ban")  # what is chosen at first, the mildest that is possible
TOO_LATE = N_("The messages are already deleted.")
NOT_UNDONE = N_("It could not be undone: {reason}")
INVITED_AGAIN = N_("✓ {name} is invited to {place} again.")
NO_MEASURE = N_("You cannot do anything about {name} here.")


class ModerationHandlers(NamedTuple):
    """Functions of the window that are called from here."""

    on_undo: Callable[[Undo], object]
    """Show a notice over the composer."""
    on_problem: Callable[[str], object]
    """Show this text below the composer."""
    on_closed: Callable[[], object] = lambda: None
    """Called when the moderation dialog has closed."""


class Moderation:
    """Carries out what moderators decide, and waits for the answers of the server."""

    def __init__(self, root: tk.Tk, theme: Theme, client: Client, handlers: ModerationHandlers) -> None:
        self._root = root
        self._theme = theme
        self._client = client
        self._handlers = handlers
        self._finishing: dict[Order, Callable[[], object]] = {}
        self.dialog: ModerationDialog | None = None

    @property
    def is_busy(self) -> bool:
        """Whether the server has not answered everything that was decided."""
        return bool(self._finishing)

    def moderate(
        self, nick: str, deed: MeasureKind | Literal[""] = "", conversation: Conversation | None = None
    ) -> None:
        """Open the moderation dialog about a person.

        Args:
            deed: The measure that the user has chosen; if it is empty or not possible, a removal is chosen
                at first, else a ban.
            conversation: The channel; None for the current one.
        """
        from chatapp.gui.dialogs.moderation_dialog import ModerationDialog

        network = self._client.network
        current = conversation or network.current
        kinds = moderation.offered(network, current, nick) if current else []
        if current is None or not kinds:
            self._handlers.on_problem(_(NO_MEASURE).format(name=network.display_name(nick)))
            return
        self._client.request_profile(nick)  # a ban needs the host
        if self.dialog is not None and self.dialog.winfo_exists():
            self.dialog.destroy()
        self.dialog = ModerationDialog(
            self._root,
            self._theme,
            _accused(network, current, nick, kinds),
            deed if deed in kinds else next((each for each in USUAL if each in kinds), kinds[0]),
            durations(datetime.now()),
            lambda decision: moderation.reason_readers(
                network, current, _measure(nick, decision), decision.deletes
            ),
            lambda decision: self._decide(current, nick, decision),
        )
        dialog = self.dialog
        dialog.bind("<Destroy>", lambda event: self._closed(event.widget is dialog), add=True)

    def remove(self, nick: str, reason: str) -> None:
        """Remove a person from the current channel without asking; the notice that follows can undo it."""
        from chatapp.gui.dialogs.moderation_dialog import Decision

        current = self._client.network.current
        if self.dialog is not None and self.dialog.winfo_exists():
            self.dialog.destroy()
        self.dialog = None
        if current is not None:
            self._decide(current, nick, Decision("remove", None, reason, False))

    def _closed(self, is_dialog: bool) -> None:
        """React to the end of the dialog, or of a widget in it."""
        if is_dialog:
            self._handlers.on_closed()

    def bans(self, nick: str, where: Conversation | None) -> list[ChannelBan]:
        """Return the bans and mutes of a channel that match a person and that the user may lift."""
        network = self._client.network
        if where is None or not moderation.offered(network, where, nick):
            return []
        return bans_on(network, where, nick)

    def lift(self, conversation: Conversation, bans: list[ChannelBan]) -> None:
        """Lift bans and mutes of a channel."""
        network = self._client.network
        order = moderation.lifting(network, conversation, bans)
        self._give(network, order, lambda: self._tell_problem(network, order.problem))

    def set_rank(self, where: Conversation | None, nick: str, letter: str, is_given: bool) -> None:
        """Give a rank in a channel, or take it."""
        if where is not None:
            mode = Message("MODE", [where.name, f"{'+' if is_given else '-'}{letter}", nick])
            network, order = self._client.network, Order((Step(mode),))
            self._give(network, order, lambda: self._tell_problem(network, order.problem))

    def _decide(self, conversation: Conversation, nick: str, decision: Decision) -> None:
        """Carry out a decision; delete and offer to undo when the server has accepted it."""
        dialog, network = self.dialog, self._client.network
        try:
            order = moderation.order(network, conversation, _measure(nick, decision))
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
                self._tell_problem(network, order.problem)
            else:
                if dialog is not None and is_open:
                    dialog.close()
                self._done(network, conversation, nick, name, decision, order)

        self._give(network, order, finished)

    def _done(
        self,
        network: Network,
        conversation: Conversation,
        nick: str,
        name: str,
        decision: Decision,
        order: Order,
    ) -> None:
        client, deleted = self._client, 0
        if decision.deletes:
            deleted = client.delete_recent(conversation, nick, RECENT_SECONDS, decision.reason)
        where = network.name if decision.kind == "server_ban" else conversation.name
        text = done_text(decision.kind, decision.duration, name, where)

        def undo() -> None:
            if deleted and client.undo_delete_recent(conversation) < deleted:
                self._tell_problem(network, _(TOO_LATE))
            lifting = moderation.undoing(order)
            self._give(network, lifting, lambda: self._tell_undone(network, lifting, name, where))

        count = ngettext("{count} message deleted", "{count} messages deleted", deleted)
        details = [count.format(count=deleted)] if deleted else []
        if self._is_elsewhere(network) and decision.kind != "server_ban":
            details.insert(0, network.name)
        self._handlers.on_undo(
            Undo(text, undo, detail=" · ".join(details), on_hold=lambda: client.keep_undo(conversation))
        )

    def _tell_undone(self, network: Network, order: Order, name: str, where: str) -> None:
        if order.problem:
            self._tell_problem(network, _(NOT_UNDONE).format(reason=order.problem))
        elif any(step.message.command == "INVITE" for step in order.steps):  # nobody can be put back
            self._tell_problem(network, _(INVITED_AGAIN).format(name=name, place=where))

    def _tell_problem(self, network: Network, problem: str) -> None:
        """Show a problem; it names its server if that is not shown. An empty one clears the last problem."""
        if not self._is_elsewhere(network):
            self._handlers.on_problem(problem)
        elif problem:
            self._handlers.on_problem(f"{network.name}: {problem}")

    def _is_elsewhere(self, network: Network) -> bool:
        return network is not self._client.network

    def follow(self, order: Order, finished: Callable[[], object]) -> None:
        """Call a function when an order that was given is finished."""
        self._finishing[order] = finished

    def _give(self, network: Network, order: Order, finished: Callable[[], object]) -> None:
        self.follow(order, finished)
        self._client.give(order, network)

    def order_finished(self, order: Order) -> None:
        """React to the end of an order, also on a server that is not shown."""
        finished = self._finishing.pop(order, None)
        if finished is not None:
            finished()


def done_text(kind: MeasureKind, duration: Duration | None, name: str, place: str) -> str:
    """Return what was done to a person, and how long it lasts."""
    text, length, end = DONE[kind], "", ""
    if duration is not None:
        length, end = duration.length, duration.end
    if length:
        text = DONE_FOR.get(kind, text)
    elif end:
        text = DONE_UNTIL.get(kind, text)
    return _(text).format(name=name, place=place, length=length, end=end)


def _accused(network: Network, conversation: Conversation, nick: str, kinds: list[MeasureKind]) -> Accused:
    from chatapp.gui.dialogs.moderation_dialog import Accused

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
        about.append(_("account {account}").format(account=account))
    elif has_accounts(network) and "account-notify" in network.capabilities:
        about.append(_("no account"))
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


def _measure(nick: str, decision: Decision) -> Measure:
    command = decision.duration.command if decision.duration else ""
    return Measure(decision.kind, nick, command, decision.reason)
