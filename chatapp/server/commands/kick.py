"""KICK: putting somebody out of a channel."""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.message import Message, cut
from chatapp.protocol.modes import KICK_LEVEL
from chatapp.protocol.numerics import NumericError
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.membership import remove
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def kick(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """KICK <channel>{,<channel>} <nick>{,<nick>} [:<comment>]: put somebody out of a channel.

    With one channel all nicks are put out of it, otherwise each nick out of the channel at its place.

    Sends   KICK to the members
    Errors  403 no such channel, 442 not in it, 482 not an operator of it, 401 no such nick, 441 not in it,
            407 too many nicks, 461 not as many channels as nicks
    Source  RFC 2812 section 3.2.8, modern IRC KICK
    """
    comment = cut(msg.params[2], world.config.limits.kick) if len(msg.params) > 2 else ""
    for name, nicks in _wishes(world, msg):
        try:
            _clear_out(world, user, world.channel_of_member_or_operator(user, name), nicks, comment, out)
        except NumericError as refused:
            out.refuse(refused)


def _wishes(world: World, msg: Message) -> list[tuple[str, list[str]]]:
    """Which nicks to put out of which channel.

    Raises:
        Refused: 407 too many nicks, 461 neither one channel nor as many as nicks.
    """
    channels, nicks = msg.params[0].split(","), msg.params[1].split(",")
    if len(nicks) > world.config.limits.targets:
        raise NumericError(numerics.ERR_TOOMANYTARGETS, nicks[-1] or "*")
    if len(channels) == 1:
        return [(channels[0], nicks)]
    if len(channels) != len(nicks):
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "KICK")
    return [(channel, [nick]) for channel, nick in zip(channels, nicks, strict=True)]


def _clear_out(
    world: World, user: User, channel: Channel, nicks: list[str], comment: str, out: Outbox
) -> None:
    for nick in nicks:
        try:
            _put_out(world, user, channel, _guest(world, user, channel, nick), comment, out)
        except NumericError as refused:
            out.refuse(refused)


def _put_out(world: World, user: User, channel: Channel, guest: User, comment: str, out: Outbox) -> None:
    at = channel.next_time(out.now)
    message = out.relayed(user, "KICK", channel.name, guest.nick, comment or user.nick, at=at)
    out.send(channel.watchers(guest), message)
    message_log.store_event(user, message, [channel], at, out, guest)
    out.audit("KICK", guest.source, f"from {channel.name}: {message.text}")
    remove(world, guest, channel, out)


def _guest(world: World, user: User, channel: Channel, nick: str) -> User:
    """Whom this user may put out. Raises  Refused, see KICK"""
    if channel.effective_level(user) < KICK_LEVEL:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    guest = world.member_of(channel, nick)
    if channel.level(guest) > channel.effective_level(user):
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    return guest
