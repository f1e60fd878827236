"""TOPIC, NAMES and LIST: the topic and members of channels, and the list of channels."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from chatapp.protocol import names, numerics
from chatapp.protocol.message import Message, cut, middle
from chatapp.protocol.modes import TOPIC_LEVEL
from chatapp.protocol.numerics import NumericError
from chatapp.server.core import message_log
from chatapp.server.core.incremental import in_parts
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import list_conditions
from chatapp.server.operations.channel_info import show_names, show_topic
from chatapp.server.operations.list_conditions import ListConditions
from chatapp.server.operations.speak_permissions import check_not_silenced
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows


def topic(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """TOPIC <channel> [:<text>]: show or set the topic.

    Sends:
        331, or 332 and 333, to the sender; TOPIC to all members when it is set.
    Errors:
        403 no such channel, 404 banned or muted, 442 not on the channel, 482 not a channel operator.
    Source:
        modern IRC TOPIC.
    """
    if len(msg.params) == 1:
        channel = world.channel(msg.params[0])
        if not world.may_see_channel(user, channel):
            raise NumericError(numerics.ERR_NOTONCHANNEL, channel.name)
        show_topic(me, channel, out)
        return
    channel = world.channel_of_member_or_operator(user, msg.params[0])
    if "t" in channel.modes and channel.effective_level(user) < TOPIC_LEVEL:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    check_not_silenced(user, channel)
    channel.topic = cut(msg.params[1], world.config.limits.topic)
    channel.topic_by = user.source
    channel.topic_at = out.now // 1000
    out.save(channel_rows.upsert(channel))
    at = channel.next_time(out.now)
    message = out.message_from(user, "TOPIC", channel.name, channel.topic, at=at)
    out.send(channel.audience, message)
    message_log.store_event(user, message, [channel], at, out)


def names_(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """NAMES <channel>{,<channel>}: list the members of channels.

    Sends:
        353 and 366.
    Source:
        modern IRC NAMES.
    """
    if not msg.params:
        out.reply(numerics.RPL_ENDOFNAMES, "*")
        return
    asked = {names.fold(name): name for name in msg.params[0].split(",")}  # each once
    out.run_in_parts(_names_replies(world, me, user, asked, out))


def _names_replies(
    world: World, me: Session, user: User, asked: dict[str, str], out: Outbox
) -> Iterator[int]:
    """Reply to NAMES, one channel at a time.

    Args:
        asked: The names as typed, by folded name.
    """
    for folded, name in asked.items():
        user = me.user or user  # the session may have another user of the account since the last part
        channel = world.channels.get(folded)
        if channel and world.may_see_channel(user, channel):
            show_names(me, user, channel, out)
            yield 1
        else:
            out.reply(numerics.RPL_ENDOFNAMES, middle(name))


def list_(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """LIST [<channel>{,<channel>} | <condition>{,<condition>}]: list channels with member counts and topics.

    Conditions, at most 8: `*mask*`, `!*mask*`, `>5` and `<5` members, `C>5` and `C<5` minutes since the
    channel was created, `T>5` and `T<5` minutes since the topic was set.

    Sends:
        321, 322, 323.
    Errors:
        400 too many conditions.
    Source:
        modern IRC LIST and ELIST; RPL_ISUPPORT SAFELIST.
    """
    try:
        wanted = list_conditions.parse(msg.params[0] if msg.params else "", out.now)
    except list_conditions.TooManyConditions:
        text = f"LIST takes at most {list_conditions.MAX_CONDITIONS} conditions"
        raise NumericError(numerics.ERR_UNKNOWNERROR, "LIST", text) from None
    out.run_in_parts(_list_replies(world, me, user, wanted, out))


def _list_replies(
    world: World, me: Session, user: User, wanted: ListConditions, out: Outbox
) -> Iterator[int]:
    """Reply to LIST in parts."""
    budget = world.config.limits.send_queue // 2  # bytes; less than the send queue can hold
    channels = list(world.channels.values())
    if wanted.names:
        named = (channel for name in wanted.names if (channel := world.channels.get(name)))
        channels = sorted(named, key=attrgetter("id"))

    def show(channel: Channel) -> None:
        nonlocal budget
        still_exists = world.channels.get(channel.folded) is channel  # it may have ended meanwhile
        asker = me.user or user  # the session may have another user of the account since the last part
        if (
            budget >= 0
            and still_exists
            and world.may_see_channel(asker, channel)
            and wanted.includes(channel)
        ):
            budget -= len(channel.topic.encode()) + 160
            if budget < 0:
                out.note("LIST", "LIST_CUT", "The list was cut; use a mask to see other channels")
            else:
                out.reply(numerics.RPL_LIST, channel.name, str(len(channel.members)), channel.topic)

    out.reply(numerics.RPL_LISTSTART, "Channel")
    yield from in_parts(channels, 2 + len(wanted.conditions), show)
    out.reply(numerics.RPL_LISTEND)
