"""RENAME: a channel gets another name. Members, modes, topic and history stay with it.

Source  IRCv3 channel-rename
"""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.protocol.capabilities import CHANNEL_RENAME
from chatapp.protocol.message import Message, cut
from chatapp.protocol.modes import OPERATOR
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import membership
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows


def rename(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """RENAME <channel> <new name> [:<reason>]: give a channel another name.

    Sends   RENAME to the members; to those whose program does not know it PART, JOIN and what follows a JOIN
    Errors  403 no such channel, 442 not in it, 482 not an operator of it, FAIL RENAME CHANNEL_NAME_IN_USE,
            CANNOT_RENAME
    Source  IRCv3 channel-rename
    """
    channel = world.channel_of_member_or_operator(user, msg.params[0])
    if channel.effective_level(user) < OPERATOR:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    before, wanted = channel.name, names.normal(msg.params[1])
    _check(world, channel, wanted)
    is_other = names.fold(wanted) != channel.folded
    reason = cut(msg.params[2], world.config.limits.kick) if len(msg.params) > 2 else ""
    world.rename_channel(channel, wanted)
    out.save(channel_rows.upsert(channel))
    _lead_on(world, before, wanted, out)
    message = out.relayed(user, "RENAME", before, wanted, reason, at=channel.next_time(out.now))
    out.send(channel.audience, message, wants=CHANNEL_RENAME)
    if is_other:
        _fall_back(channel, before, reason, out)


def _check(world: World, channel: Channel, wanted: str) -> None:
    """Raises  Failed"""
    other = world.channels.get(names.fold(wanted))
    if wanted == channel.name or (other and other is not channel):
        raise _failed("CHANNEL_NAME_IN_USE", "There is a channel of this name", channel, wanted)
    if not names.is_channel(wanted, world.config.limits.channel):
        raise _failed("CANNOT_RENAME", "This cannot be the name of a channel", channel, wanted)
    if other is None and world.is_default_channel(channel.name):
        words = "Everybody who comes is put into this channel; its name stands in the configuration"
        raise _failed("CANNOT_RENAME", words, channel, wanted)


def _failed(code: str, words: str, channel: Channel, wanted: str) -> FailError:
    return FailError("RENAME", code, words, channel.name, wanted)


def _lead_on(world: World, before: str, name: str, out: Outbox) -> None:
    """Channels that forward to this one go on doing so."""
    for channel in world.channels.values():
        if names.fold(channel.modes.get("f", "")) == names.fold(before):
            channel.modes["f"] = name
            out.save(channel_rows.upsert(channel))


def _fall_back(channel: Channel, before: str, reason: str, out: Outbox) -> None:
    """To who does not know RENAME it looks as if its user had left one channel and entered another."""
    for user in channel.members:
        parted = out.relayed(user, "PART", before, *([reason] if reason else []))
        for session in user.sessions:
            if not session.caps & CHANNEL_RENAME:
                out.send(session.own_audience, parted)
                membership.readmit(session, user, channel, out)
