"""What a moderator can do about a person: mute, remove, ban from the channel, ban from the server.

Each measure becomes an order: the commands, and what undoes them. Only what the server has is offered: bans
that end by themselves, mutes, and bans from the whole server differ from server to server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from chatapp.client.incoming.events import ServerText
from chatapp.client.model.channel_modes import QUIET
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import ChannelBan
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order, Step, undo_by
from chatapp.client.outgoing.ban_masks import TIMED_BANS, mask_of, mute_prefix
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message
from chatapp.protocol.modes import KICK_LEVEL

MeasureKind = Literal["mute", "remove", "ban", "server_ban"]
Reader = Literal["person", "channel", "log"]
"""Who sees the reason of a measure: the person, every member, or those who read the log of moderation."""

DURATION = re.compile(r"(?:\d{1,6}[smhdw])+")
"""A duration as the server reads it: 30m, 12h, 1d12h."""

NO_END = "0"
"""The duration of a ban without an end."""

NO_DURATION = N_("This server has no bans that end by themselves.")
NO_MUTE = N_("This server cannot mute people.")

_CODES = frozenset({"TBAN ADDED", "BAN ADDED", "UNBAN REMOVED", "341"})


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure against one person.

    Attributes:
        duration: As in DURATION; empty for no end.
        reason: Empty for none.
    """

    kind: MeasureKind
    nick: str
    duration: str = ""
    reason: str = ""


class NoMask(Exception):
    """A person cannot be banned, because neither account nor host is known. The text is for the user."""


def offered(network: Network, conversation: Conversation, nick: str) -> list[MeasureKind]:
    """Return the measures that the user can take against a person, mildest first."""
    if conversation.kind != "channel" or network.state != "online" or network.is_me(nick):
        return []
    kinds: list[MeasureKind] = []
    member = conversation.members.get(network.fold(nick))
    me = conversation.members.get(network.fold(network.nick))
    is_above = network.is_server_operator or (
        me is not None and (member is None or network.rank(me) <= network.rank(member))
    )
    if conversation.joined and is_above and network.may(conversation, KICK_LEVEL):
        kinds += ["mute"] if mute_prefix(network) else []
        kinds += ["remove"] if member else []
        kinds.append("ban")
    if network.is_server_operator and TIMED_BANS in network.isupport:
        kinds.append("server_ban")
    return kinds


def has_durations(network: Network, kind: MeasureKind) -> bool:
    """Return whether a measure can end by itself."""
    return kind != "remove" and TIMED_BANS in network.isupport


def reason_readers(
    network: Network, conversation: Conversation, measure: Measure, deletes: bool = False
) -> frozenset[Reader]:
    """Return who gets to see the reason of a measure; nobody if the server takes none with it.

    Args:
        deletes: Whether messages of the person are deleted for the same reason.
    """
    has_log = TIMED_BANS in network.isupport
    readers: set[Reader] = set()
    if measure.kind == "server_ban":
        readers |= {"person", "log"}
    elif has_log and measure.kind in ("mute", "ban"):
        readers |= {"person", "channel", "log"}
    if deletes or (_removes(conversation, network, measure) and measure.kind != "server_ban"):
        readers |= {"channel", "log"} if has_log else {"channel"}
    return frozenset(readers)


def order(network: Network, conversation: Conversation, measure: Measure) -> Order:
    """Return the commands of a measure. A ban also removes the person, if the ban has succeeded.

    Raises:
        NoMask: Neither account nor host of the person is known.
    """
    steps = list(_steps(network, conversation, measure))
    return Order(tuple(steps), codes=_CODES)


def lifting(network: Network, conversation: Conversation, bans: Iterable[ChannelBan]) -> Order:
    """Return the commands that lift bans and mutes of a channel."""
    return Order(tuple(_lift(conversation, ban) for ban in bans), goes_on=True, codes=_CODES)


def undoing(done: Order) -> Order:
    """Return the commands that undo a measure, all of which are tried."""
    return Order(tuple(map(Step, done.undoing())), goes_on=True, codes=_CODES)


def mask(network: Network, measure: Measure) -> str:
    """Return the mask of a measure in the ban list of the channel.

    Raises:
        NoMask: Neither account nor host of the person is known.
    """
    found = mask_of(network, measure.nick)
    if not found:
        raise NoMask(
            _("The address of {nick} is not known, so that a ban is not possible.").format(nick=measure.nick)
        )
    return f"{mute_prefix(network)}{found}" if measure.kind == "mute" else found


def _steps(network: Network, conversation: Conversation, measure: Measure) -> Iterable[Step]:
    channel, nick = conversation.name, measure.nick
    reason = [measure.reason] if measure.reason else []
    if measure.kind == "server_ban":
        duration = [measure.duration] if measure.duration else []
        yield Step(Message("BAN", [nick, *duration, *reason]), _unban)
        return
    if measure.kind != "remove":
        banned = mask(network, measure)
        conversation.own_bans[network.fold(nick)] = banned
        if measure.duration or (measure.reason and TIMED_BANS in network.isupport):
            command = Message("TBAN", [channel, measure.duration or NO_END, banned, *reason])
            yield Step(command, undo_by(_mode(channel, "-", banned)))
        else:
            yield Step(_mode(channel, "+", banned), undo_by(_mode(channel, "-", banned)))
    if _removes(conversation, network, measure):
        yield Step(Message("KICK", [channel, nick, *reason]), undo_by(Message("INVITE", [nick, channel])))


def _removes(conversation: Conversation, network: Network, measure: Measure) -> bool:
    return measure.kind in ("remove", "ban") and network.fold(measure.nick) in conversation.members


def _lift(conversation: Conversation, ban: ChannelBan) -> Step:
    """Lift a ban. If that is undone, it keeps its reason, unless it had an end."""
    again = _mode(conversation.name, "+", ban.mask)
    if ban.reason and not ban.until and not ban.mask.startswith(QUIET):
        again = Message("TBAN", [conversation.name, NO_END, ban.mask, ban.reason])
    return Step(_mode(conversation.name, "-", ban.mask), undo_by(again))


def _mode(channel: str, sign: str, banned: str) -> Message:
    """Return the command that sets or lifts a ban, or a mute on a list of its own."""
    letter = "q" if banned.startswith(QUIET) else "b"
    return Message("MODE", [channel, f"{sign}{letter}", banned.removeprefix(QUIET)])


def _unban(answers: Sequence[ServerText]) -> list[Message]:
    """Lift the ban with the mask that the server has made of the nick."""
    masks = [each.params[0] for each in answers if each.code == "BAN ADDED" and each.params]
    return [Message("UNBAN", [each]) for each in masks]
