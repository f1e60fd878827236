"""PART: leaving channels, and when a channel ends.

A channel stays when its last member leaves, with topic and history, so that a class finds it again next
morning. Two kinds of channels that no account has a rank in end then: a closed one (key, invitation, secret,
accounts only), since nobody could enter it, or strangers would find what was said in private; and a silent
one, which has no topic and in which nothing was said, since its modes and masks alone are not worth keeping.
"""

from __future__ import annotations

from chatapp.protocol import names
from chatapp.protocol.message import Message, cut
from chatapp.protocol.numerics import Refused
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import speak_permissions
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

CLOSED = "Rikls"  # modes that keep strangers out
KEPT_EMPTY = 10_000  # channels; above that an empty one that no account operates is dropped


def part(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """PART <channel>{,<channel>} [:<reason>]: leave channels.

    Sends   PART to the members
    Errors  403 no such channel, 442 not in it
    Source  modern IRC PART
    """
    assert me.user
    reason = msg.params[1] if len(msg.params) > 1 else ""
    for name in msg.params[0].split(","):
        try:
            leave(world, me.user, world.channel_of(me.user, name), reason, out)
        except Refused as refused:
            out.refuse(refused)


def leave(world: World, user: User, channel: Channel, reason: str, out: Outbox) -> None:
    """Take a user out of a channel, who wanted to leave it. One who may not speak there gives no reason."""
    reason = "" if speak_permissions.is_silenced(user, channel) else reason
    words = (cut(reason, world.config.limits.kick),) if reason else ()
    at = channel.stamp(out.now)
    message = out.relayed(user, "PART", channel.name, *words, at=at)
    out.send(channel.watchers(user), message)
    message_log.keep_event(user, message, [channel], at, out, user)
    remove(world, user, channel, out)


def remove(world: World, user: User, channel: Channel, out: Outbox) -> None:
    """Take a user out of a channel, after everybody was told."""
    world.leave(user, channel)
    if user.stays:
        out.save("drop stay channel", names.fold(user.account), channel.id)
    emptied(world, channel, out)


def emptied(world: World, channel: Channel, out: Outbox) -> None:
    """End a channel that somebody has left, if nobody is in it any more and it is not to be kept."""
    if not may_end(world, channel):
        return
    if is_closed(channel) or is_silent(channel) or len(world.channels) > KEPT_EMPTY:
        world.drop_channel(channel)
        out.save("drop channel", channel.id)


def may_end(world: World, channel: Channel) -> bool:
    """Whether nobody is in a channel and nobody owns it."""
    return not (channel.members or channel.known or world.is_default(channel.name))


def is_silent(channel: Channel) -> bool:
    """Whether a channel has no topic, and nothing that was said in it is kept."""
    return not (channel.has_words or channel.topic)


def is_closed(channel: Channel) -> bool:
    """Whether a mode keeps strangers out of a channel."""
    return any(mode in channel.modes for mode in CLOSED)
