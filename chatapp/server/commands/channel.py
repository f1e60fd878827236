"""Channels: entering, leaving, topic, who is in it, lists, invitations, kicks.

A channel stays when its last member leaves, with topic and history, so that a class finds it again next
morning. Only one that was closed (key, invitation, secret) and that no account operates ends then: nobody
could enter it, or strangers would find what was said in private.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...protocol import names, numerics
from ...protocol.capabilities import (
    AWAY_NOTIFY,
    CHANNEL_RENAME,
    EXTENDED_JOIN,
    INVITE_NOTIFY,
    MULTI_PREFIX,
    NO_IMPLICIT_NAMES,
    USERHOST_IN_NAMES,
)
from ...protocol.message import Message, cut, middle, pack
from ...protocol.numerics import Failed, Refused
from .. import archive
from ..channel import Channel, Member
from ..effects import Outbox
from ..modes import HALFOP
from ..session import Audience, Session
from ..store import channel_row
from ..user import User
from ..world import World
from . import marker, rank, tidings
from .listing import Condition, conditions

NAMES_BYTES = 380  # of names in one 353, so that the line fits with everything before them
CLOSED = "ikls"  # modes that keep strangers out
KEPT_EMPTY = 10_000  # channels; above that an empty one that no account operates is dropped


def join(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """JOIN <channel>{,<channel>} [<key>{,<key>}]: enter channels, new ones too. JOIN 0 leaves all.

    Sends   JOIN to the members; topic and names to who entered
    Errors  403 not a channel's name, 405 too many, 471 full, 473 by invitation only, 474 banned, 475 wrong
            key, 477 for accounts only; FAIL JOIN CHANNEL_RENAMED
    Source  modern IRC JOIN
    """
    assert me.user
    if msg.params[0] == "0":
        for channel in list(me.user.channels):
            _leave(world, me.user, channel, "", out)
        return
    keys = iter(msg.params[1].split(",") if len(msg.params) > 1 else ())
    for name in msg.params[0].split(","):
        try:
            enter(world, me.user, name, next(keys, ""), out)
        except (Refused, Failed) as error:
            out.refuse(error)


def enter(world: World, user: User, name: str, key: str, out: Outbox) -> None:
    """Put a user into a channel, which is made if it is not there.

    Raises  Refused, Failed, see JOIN
    """
    channel = world.channels.get(names.fold(name)) or _renamed(world, user, name, out)
    if channel and channel in user.channels:
        return
    limits = world.config.limits
    if len(user.channels) >= limits.channels_per_user:
        raise Refused(numerics.ERR_TOOMANYCHANNELS, name)
    if channel is None:
        channel = _create(world, user, name, out)
    else:
        channel = _open_door(world, user, channel, key, out)
        if channel in user.channels:
            return
    user.invites.discard(channel.folded)
    ranks = channel.known.get(user.account, "") if user.account else ""
    if not channel.members and not channel.known and not is_default(world, channel):
        ranks = "o"
        if user.account:
            channel.known[user.account] = ranks
            out.save("ranks", channel.id, user.account, ranks)
    world.enter(user, channel, ranks)
    if user.stays:
        out.save("stay channel", names.fold(user.account), channel.id)
    introduce(world, user, channel, channel.watchers(user), out, channel.stamp(out.now))
    for session in user.sessions:
        describe(session, channel, out)


def describe(session: Session, channel: Channel, out: Outbox) -> None:
    """What follows the JOIN of one who enters: topic, how far they have read, names."""
    if channel.topic:
        show_topic(session, channel, out)
    marker.show(session, channel, out)
    if not session.caps & NO_IMPLICIT_NAMES:
        show_names(session, channel, out)
    tidings.tell_channel(out.world, session, channel, out)


def readmit(session: Session, channel: Channel, out: Outbox) -> None:
    """To one session it looks as if its user had just entered."""
    user = session.user
    assert user
    extended = (user.account or "*", user.realname) if session.caps & EXTENDED_JOIN else ()
    out.send(session.alone, Message("JOIN", (channel.name, *extended), user.source))
    describe(session, channel, out)


def _renamed(world: World, user: User, name: str, out: Outbox) -> Channel | None:
    """The channel that had this name until it was renamed.

    Raises  Failed CHANNEL_RENAMED for a client that goes there by itself
    """
    channel = world.renamed.get(names.fold(name))
    if channel is None or not world.visible_channel(user, channel):
        return None
    words = "The channel has been renamed"
    if out.me.caps & CHANNEL_RENAME:
        raise Failed("JOIN", "CHANNEL_RENAMED", words, name, channel.name)
    out.reply(numerics.ERR_LINKCHANNEL, middle(name), channel.name, words)
    return channel


def _create(world: World, user: User, name: str, out: Outbox) -> Channel:
    name = names.normal(name)
    if not names.is_channel(name, world.config.limits.channel):
        raise Refused(numerics.ERR_NOSUCHCHANNEL, name)
    who = world.config.channels.who_may_create
    if names.fold(name) not in _defaults(world) and (
        (who == "members" and not user.account) or (who == "moderators" and not user.is_operator)
    ):
        raise Refused(numerics.ERR_NEEDREGGEDNICK, name, f"New channels are made by {who} here")
    channel = world.new_channel(name, out.now)
    channel.modes = dict.fromkeys(world.config.channels.default_modes, "")
    out.save("channel", *channel_row(channel))
    return channel


def _open_door(world: World, user: User, channel: Channel, key: str, out: Outbox) -> Channel:
    """The channel, or the one to which it forwards those whom it does not let in. Who runs the server may
    enter any.

    Raises  Refused, see JOIN
    """
    passed = {channel}
    while True:
        try:
            _check_entry(user, channel, key)
            return channel
        except Refused as refused:
            if user.is_operator:
                out.record("JOIN", channel.name, f"in spite of {refused.numeric.words or refused.about[-1]}")
                return channel
            other = world.channels.get(names.fold(channel.modes.get("f", "")))
            if other is None or other in passed:
                raise
            out.reply(numerics.ERR_LINKCHANNEL, channel.name, other.name, "Forwarding to another channel")
            passed.add(other)
            channel = other


def _check_entry(user: User, channel: Channel, key: str) -> None:
    """Whoever has a say in the channel by their account needs no invitation and no key, but may be banned."""
    modes = channel.modes
    known = rank.level(channel.known.get(user.account, "")) >= HALFOP
    invited = known or channel.folded in user.invites or channel.listed("I", user)
    if "i" in modes and not invited:
        raise Refused(numerics.ERR_INVITEONLYCHAN, channel.name)
    if "R" in modes and not user.account and not invited:
        raise Refused(numerics.ERR_NEEDREGGEDNICK, channel.name, "Only who has an account may join (+R)")
    if channel.is_banned(user):
        raise Refused(numerics.ERR_BANNEDFROMCHAN, channel.name)
    if "k" in modes and key != modes["k"] and not known:
        raise Refused(numerics.ERR_BADCHANNELKEY, channel.name)
    if "l" in modes and len(channel.members) >= int(modes["l"]) and not known:
        raise Refused(numerics.ERR_CHANNELISFULL, channel.name)


def introduce(
    world: World, user: User, channel: Channel, audience: Audience, out: Outbox, at: int = 0, lacks: int = 0
) -> None:
    """Tell who has come into a channel, and the others of the audience with what ranks and whether away.

    Takes  at: when, 0 for who was there before; lacks: capabilities of those who are not told
    """
    message = out.relayed(user, "JOIN", channel.name, at=at)
    extended = Message("JOIN", (channel.name, user.account or "*", user.realname), user.source, message.tags)
    if at:
        archive.keep_event(user, extended, [channel], at, out, user)
    out.send(audience, extended, wants=EXTENDED_JOIN, lacks=lacks)
    out.send(audience, message, lacks=EXTENDED_JOIN | lacks)
    ranks = channel.members[user].ranks
    if len(channel.members) == 1 or not (ranks or user.away):
        return
    others = Audience(audience.sessions.difference(user.sessions))
    if ranks:
        change = ("+" + ranks, *[user.nick] * len(ranks))
        out.send(others, Message("MODE", (channel.name, *change), world.name), lacks=lacks)
    if user.away:
        out.send(others, out.relayed(user, "AWAY", user.away), wants=AWAY_NOTIFY, lacks=lacks)


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
            _leave(world, me.user, world.channel_of(me.user, name), reason, out)
        except Refused as refused:
            out.refuse(refused)


def _leave(world: World, user: User, channel: Channel, reason: str, out: Outbox) -> None:
    words = (cut(reason, world.config.limits.kick),) if reason else ()
    at = channel.stamp(out.now)
    message = out.relayed(user, "PART", channel.name, *words, at=at)
    out.send(channel.watchers(user), message)
    archive.keep_event(user, message, [channel], at, out, user)
    _gone(world, user, channel, out)


def _gone(world: World, user: User, channel: Channel, out: Outbox) -> None:
    world.leave(user, channel)
    if user.stays:
        out.save("drop stay channel", names.fold(user.account), channel.id)
    emptied(world, channel, out)


def emptied(world: World, channel: Channel, out: Outbox) -> None:
    """Somebody left: if nobody is in it any more, decide whether the channel stays."""
    if channel.members or channel.known or is_default(world, channel):
        return
    if len(world.channels) > KEPT_EMPTY or any(mode in channel.modes for mode in CLOSED):
        world.drop_channel(channel)
        out.save("drop channel", channel.id)


def topic(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """TOPIC <channel> [:<text>]: show the topic, or set it.

    Sends   331 or 332 and 333 to the asker; TOPIC to every member when it is set
    Errors  403 no such channel, 442 not in it, 482 not an operator of it
    Source  modern IRC TOPIC
    """
    assert me.user
    if len(msg.params) == 1:
        channel = world.channel(msg.params[0])
        if not world.visible_channel(me.user, channel):
            raise Refused(numerics.ERR_NOTONCHANNEL, channel.name)
        show_topic(me, channel, out)
        return
    channel = world.channel_ruled(me.user, msg.params[0])
    if "t" in channel.modes and channel.authority(me.user) < HALFOP:
        raise Refused(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    channel.topic = cut(msg.params[1], world.config.limits.topic)
    channel.topic_by = me.user.source
    channel.topic_at = out.now // 1000
    out.save("channel", *channel_row(channel))
    at = channel.stamp(out.now)
    message = out.relayed(me.user, "TOPIC", channel.name, channel.topic, at=at)
    out.send(channel.audience, message)
    archive.keep_event(me.user, message, [channel], at, out)


def show_topic(session: Session, channel: Channel, out: Outbox) -> None:
    """331, or 332 and 333."""
    if not channel.topic:
        out.reply_to(session, numerics.RPL_NOTOPIC, channel.name)
        return
    out.reply_to(session, numerics.RPL_TOPIC, channel.name, channel.topic)
    if channel.topic_by:
        out.reply_to(
            session, numerics.RPL_TOPICWHOTIME, channel.name, channel.topic_by, str(channel.topic_at)
        )


def names_(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """NAMES <channel>{,<channel>}: who is in it.

    Sends   353 and 366
    Source  modern IRC NAMES
    """
    assert me.user
    if not msg.params:
        out.reply(numerics.RPL_ENDOFNAMES, "*")
        return
    for name in msg.params[0].split(","):
        channel = world.channels.get(names.fold(name))
        if channel and world.visible_channel(me.user, channel):
            show_names(me, channel, out)
        else:
            out.reply(numerics.RPL_ENDOFNAMES, middle(name))


def show_names(session: Session, channel: Channel, out: Outbox) -> None:
    """353, as many as it takes, and 366."""
    assert session.user
    symbol = "@" if "s" in channel.modes else "="
    for line in pack(_names(session, channel), NAMES_BYTES):
        out.reply_to(session, numerics.RPL_NAMREPLY, symbol, channel.name, line)
    out.reply_to(session, numerics.RPL_ENDOFNAMES, channel.name)


def _names(session: Session, channel: Channel) -> list[str]:
    """The members with their prefixes, as this session may see them: invisible ones only from within."""
    asker = session.user
    assert asker
    seen: Iterable[tuple[User, Member]] = channel.members.items()
    if asker not in channel.members:
        seen = [(user, member) for user, member in seen if "i" not in user.modes]
    if "u" in channel.modes:
        seen = [(user, member) for user, member in seen if channel.shows(user, asker)]
    every_prefix = bool(session.caps & MULTI_PREFIX)
    if session.caps & USERHOST_IN_NAMES:
        return [member.prefix(every_prefix) + user.source for user, member in seen]
    return [
        member.prefix(every_prefix) + user.nick if member.ranks else user.nick for user, member in seen
    ]


def list_(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """LIST [<channel>{,<channel>} | <condition>{,<condition>}]: the channels, with members and topic.

    Conditions: `*mask*`, `!*mask*`, `>5` and `<5` members, `C>5` and `C<5` minutes since it was made,
    `T>5` and `T<5` minutes since its topic was set.

    Sends   321, 322, 323
    Source  modern IRC LIST and ELIST; RPL_ISUPPORT SAFELIST
    """
    user = me.user
    assert user
    wanted = conditions(msg.params[0] if msg.params else "", out.now)
    room = world.config.limits.send_queue // 2  # a list is never what makes a queue overflow
    out.reply(numerics.RPL_LISTSTART, "Channel")
    for channel in list(world.channels.values()):
        if world.visible_channel(user, channel) and _fits(channel, wanted):
            room -= len(channel.topic.encode()) + 160
            if room < 0:
                out.note("LIST", "LIST_CUT", "There are more channels; ask with a mask")
                break
            out.reply(numerics.RPL_LIST, channel.name, str(len(channel.members)), channel.topic)
    out.reply(numerics.RPL_LISTEND)


def _fits(channel: Channel, wanted: list[Condition]) -> bool:
    return all(condition(channel) for condition in wanted)


def invite(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """INVITE [<nick> <channel>]: let somebody in, or list the channels that you were invited to.

    Sends   341 to the asker, INVITE to who is invited and to operators with invite-notify; 336, 337
    Errors  401 no such nick, 403 no such channel, 442 not in it, 443 is in it, 482 not an operator of it
    Source  modern IRC INVITE, IRCv3 invite-notify
    """
    user = me.user
    assert user
    if not msg.params:
        for folded in sorted(user.invites):
            if folded in world.channels:
                out.reply(numerics.RPL_INVITELIST, world.channels[folded].name)
        out.reply(numerics.RPL_ENDOFINVITELIST)
        return
    if len(msg.params) < 2:
        raise Refused(numerics.ERR_NEEDMOREPARAMS, "INVITE")
    guest = world.user(msg.params[0])
    channel = world.channel_of(user, msg.params[1])
    if guest in channel.members:
        raise Refused(numerics.ERR_USERONCHANNEL, guest.nick, channel.name)
    if "i" in channel.modes and channel.authority(user) < HALFOP:
        raise Refused(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    guest.invites.add(channel.folded)
    message = out.relayed(user, "INVITE", guest.nick, channel.name)
    out.reply(numerics.RPL_INVITING, guest.nick, channel.name)
    out.send(guest.audience, message)
    operators = channel.ranked(HALFOP).sessions.difference(user.sessions)
    out.send(Audience(operators), message, wants=INVITE_NOTIFY)
    if guest.away:
        out.reply(numerics.RPL_AWAY, guest.nick, guest.away)


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
            if channel.authority(user) < HALFOP:
                raise Refused(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
            guest = world.member_of(channel, nick)
            if channel.level(guest) > channel.authority(user):
                raise Refused(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
        except Refused as refused:
            out.refuse(refused)
            continue
        at = channel.stamp(out.now)
        message = out.relayed(user, "KICK", channel.name, guest.nick, comment or user.nick, at=at)
        out.send(channel.watchers(guest), message)
        archive.keep_event(user, message, [channel], at, out, guest)
        out.record("KICK", guest.source, f"from {channel.name}: {message.text}")
        _gone(world, guest, channel, out)


def is_default(world: World, channel: Channel) -> bool:
    """Whether everybody is put into this channel who comes."""
    return channel.folded in _defaults(world)


def _defaults(world: World) -> set[str]:
    return {names.fold(name) for name in world.config.channels.default}
