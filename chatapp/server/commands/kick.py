"""KICK: remove members from a channel."""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.message import Message, cut
from chatapp.protocol.modes import KICK_LEVEL
from chatapp.protocol.numerics import NumericError
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.membership import remove_member
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def kick(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """KICK <channel>{,<channel>} <nick>{,<nick>} [:<comment>]: remove members from a channel.

    With one channel, all nicks are removed from it; otherwise each from the channel at its position.

    Sends:
        KICK to the members.
    Errors:
        401 no such nick, 403 no such channel, 407 too many nicks, 441 the nick is not on the channel, 442 you
        are not on the channel, 461 the numbers of channels and nicks differ, 482 not a channel operator.
    Source:
        RFC 2812 section 3.2.8, modern IRC KICK.
    """
    comment = cut(msg.params[2], world.config.limits.kick) if len(msg.params) > 2 else ""
    for name, nicks in _removals(world, msg):
        try:
            _kick_each(world, user, world.channel_of_member_or_operator(user, name), nicks, comment, out)
        except NumericError as refused:
            out.refuse(refused)


def _removals(world: World, msg: Message) -> list[tuple[str, list[str]]]:
    """Return the nicks to remove from each channel.

    Raises:
        NumericError: 407 too many nicks, 461 the numbers of channels and nicks differ.
    """
    channels, nicks = msg.params[0].split(","), msg.params[1].split(",")
    if len(nicks) > world.config.limits.targets:
        raise NumericError(numerics.ERR_TOOMANYTARGETS, nicks[-1] or "*")
    if len(channels) == 1:
        return [(channels[0], nicks)]
    if len(channels) != len(nicks):
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "KICK")
    return [(channel, [nick]) for channel, nick in zip(channels, nicks, strict=True)]


def _kick_each(
    world: World, user: User, channel: Channel, nicks: list[str], comment: str, out: Outbox
) -> None:
    for nick in nicks:
        try:
            _kick(world, user, channel, _removable_member(world, user, channel, nick), comment, out)
        except NumericError as refused:
            out.refuse(refused)


def _kick(world: World, user: User, channel: Channel, member: User, comment: str, out: Outbox) -> None:
    at = channel.next_time(out.now)
    message = out.message_from(user, "KICK", channel.name, member.nick, comment or user.nick, at=at)
    out.send(channel.watchers(member), message)
    message_log.store_event(user, message, [channel], at, out, member)
    out.audit("KICK", member.source, f"from {channel.name}: {message.text}")
    remove_member(world, member, channel, out)


def _removable_member(world: World, user: User, channel: Channel, nick: str) -> User:
    """Return the member to remove, if the user may do so.

    Raises:
        NumericError: 401, 441, 482.
    """
    if channel.effective_level(user) < KICK_LEVEL:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    member = world.member_of(channel, nick)
    if channel.level(member) > channel.effective_level(user):
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    return member
