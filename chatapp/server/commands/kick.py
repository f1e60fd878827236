"""KICK: putting somebody out of a channel."""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.message import Message, cut
from chatapp.protocol.numerics import Refused
from chatapp.server import archive
from chatapp.server.channel import Channel
from chatapp.server.commands.part import remove
from chatapp.server.modes import HALFOP
from chatapp.server.outbox import Outbox
from chatapp.server.session import Session
from chatapp.server.user import User
from chatapp.server.world import World


def kick(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """KICK <channel> <nick>{,<nick>} [:<comment>]: put somebody out of a channel.

    Sends   KICK to the members
    Errors  403 no such channel, 442 not in it, 482 not an operator of it, 401 no such nick, 441 not in it
    Source  modern IRC KICK
    """
    user = me.user
    assert user
    channel = world.channel_ruled(user, msg.params[0])
    comment = cut(msg.params[2], world.config.limits.kick) if len(msg.params) > 2 else ""
    for nick in msg.params[1].split(","):
        try:
            guest = _guest(world, user, channel, nick)
        except Refused as refused:
            out.refuse(refused)
            continue
        at = channel.stamp(out.now)
        message = out.relayed(user, "KICK", channel.name, guest.nick, comment or user.nick, at=at)
        out.send(channel.watchers(guest), message)
        archive.keep_event(user, message, [channel], at, out, guest)
        out.record("KICK", guest.source, f"from {channel.name}: {message.text}")
        remove(world, guest, channel, out)


def _guest(world: World, user: User, channel: Channel, nick: str) -> User:
    """Whom this user may put out. Raises  Refused, see KICK"""
    if channel.authority(user) < HALFOP:
        raise Refused(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    guest = world.member_of(channel, nick)
    if channel.level(guest) > channel.authority(user):
        raise Refused(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    return guest
