"""How users enter and leave channels, and when a channel ends."""

from __future__ import annotations

from chatapp.protocol import addresses, names, numerics
from chatapp.protocol.capabilities import AWAY_NOTIFY, CHANNEL_RENAME, EXTENDED_JOIN, NO_IMPLICIT_NAMES
from chatapp.protocol.message import Message, cut, middle
from chatapp.protocol.modes import HALFOP, level
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_notify, read_markers, speak_permissions
from chatapp.server.operations.channel_info import show_names, show_topic
from chatapp.server.state.channel import Channel
from chatapp.server.state.rate_limits import limit_of
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows, persistent_users, settings

LOCAL_FACTOR = 10  # times as many new channels for all guests of a private address, which many may share
CLOSED = "Rikls"  # modes that keep strangers out
KEPT_EMPTY = 10_000  # channels; above that an empty one that no account operates is dropped


def join_channel(world: World, user: User, name: str, key: str, out: Outbox) -> None:
    """Put a user into a channel, which is made if it is not there.

    Raises  Refused, Failed, see JOIN
    """
    channel = world.channels.get(names.fold(name)) or _renamed_channel(world, user, name, out)
    if channel and channel in user.channels:
        return
    limits = world.config.limits
    if len(user.channels) >= limits.channels_per_user:
        raise NumericError(numerics.ERR_TOOMANYCHANNELS, name)
    if channel is None:
        channel = _create(world, user, name, out)
    else:
        if is_abandoned(world, channel):
            _delete_guest_masks(world, channel, out)
        channel = _admitting_channel(world, user, channel, key, out)
        if channel in user.channels:
            return
    world.uninvite(user, channel)
    ranks = channel.account_ranks.get(user.account, "") if user.account else ""
    has_operators = channel.members or channel.account_ranks or channel.is_orphan
    if not (has_operators or world.is_default_channel(channel.name)):
        ranks = "o"
        if user.account:
            channel.account_ranks[user.account] = ranks
            out.save(channel_rows.upsert_ranks(channel, user.account, ranks))
    world.add_member(user, channel, ranks)
    if user.is_persistent:
        out.save(persistent_users.insert_channel(user, channel))
    announce_join(world, user, channel, channel.watchers(user), out, channel.next_time(out.now))
    for session in user.sessions:
        send_channel_state(session, user, channel, out)


def send_channel_state(session: Session, user: User, channel: Channel, out: Outbox) -> None:
    """What follows the JOIN of one who enters: topic, how far they have read, names."""
    if channel.topic:
        show_topic(session, channel, out)
    read_markers.send_marker(session, user, channel, out)
    if not session.caps & NO_IMPLICIT_NAMES:
        show_names(session, user, channel, out)
    metadata_notify.send_channel(out.world, session, user, channel, out)


def send_join(session: Session, user: User, channel: Channel, out: Outbox) -> None:
    """To one session it looks as if its user had just entered."""
    extended = (user.account or "*", user.realname) if session.caps & EXTENDED_JOIN else ()
    out.send(session.own_audience, Message("JOIN", (channel.name, *extended), user.source))
    send_channel_state(session, user, channel, out)


def _renamed_channel(world: World, user: User, name: str, out: Outbox) -> Channel | None:
    """The channel that had this name until it was renamed, for a user who was not there then.

    Raises:
        Failed: CHANNEL_RENAMED, for a client that goes there by itself.
    """
    former = world.former_names.get(names.fold(name))
    if former is None or user.id in former.witnesses or not world.may_see_channel(user, former.channel):
        return None
    channel = former.channel
    words = "The channel has been renamed"
    if out.me.caps & CHANNEL_RENAME:
        raise FailError("JOIN", "CHANNEL_RENAMED", words, name, channel.name)
    out.reply(numerics.ERR_LINKCHANNEL, middle(name), channel.name, words)
    return channel


def _create(world: World, user: User, name: str, out: Outbox) -> Channel:
    name = names.normal(name)
    if not names.is_channel(name, world.config.limits.channel):
        raise NumericError(numerics.ERR_NOSUCHCHANNEL, name)
    who = world.config.channels.who_may_create
    if not world.is_default_channel(name) and (
        (who == "members" and not user.account) or (who == "moderators" and not user.is_operator)
    ):
        raise NumericError(numerics.ERR_NEEDREGGEDNICK, name, f"New channels are made by {who} here")
    if not world.is_default_channel(name):
        _check_rate(world, user, name, out)
    channel = world.new_channel(name, out.now)
    channel.modes = dict.fromkeys(world.config.channels.default_modes, "")
    out.save(channel_rows.upsert(channel))
    out.save(settings.upsert(settings.HIGHEST_CHANNEL, str(channel.id).encode()))
    return channel


def _check_rate(world: World, user: User, name: str, out: Outbox) -> None:
    """Count a new channel, for the account or the guest, and for the address of a guest.

    Raises:
        Refused: 439.
    """
    address = out.me.link.address
    most = world.config.limits.new_channels
    keys = [(user.identity, most)]
    if not user.account:
        keys.append((addresses.client_block(address), limit_of(address, most, most * LOCAL_FACTOR)))
    if not all(world.new_channels.allow(key, out.clock, limit) for key, limit in keys):
        words = "You have made too many channels; wait some minutes before you make another"
        raise NumericError(numerics.ERR_TARGETTOOFAST, name, words)


def _delete_guest_masks(world: World, channel: Channel, out: Outbox) -> None:
    """Drop what guests have put into the lists of a channel in which nobody is and that no account operates.

    Their rank has ended when they left, and so do their bans: nobody could lift them any more. What the
    moderators of the server have set stays; nobody else can have had the nick of such an account.
    """
    for letter, entries in channel.lists.items():
        for entry in list(entries.values()):
            account = world.accounts.get(names.fold(entry.by))
            if account is None or account.role == "member":
                del entries[entry.mask]
                out.save(channel_rows.delete_mask(channel, letter, entry.mask))


def _admitting_channel(world: World, user: User, channel: Channel, key: str, out: Outbox) -> Channel:
    """The channel, or the one to which it forwards those whom it does not let in. Who runs the server may
    enter any.

    Raises  Refused, see JOIN
    """
    passed = {channel}
    while True:
        try:
            _check_admission(user, channel, key)
            return channel
        except NumericError as refused:
            if user.is_operator:
                out.audit("JOIN", channel.name, f"in spite of {refused.numeric.words or refused.about[-1]}")
                return channel
            other = world.channels.get(names.fold(channel.modes.get("f", "")))
            if other is None or other in passed:
                raise
            out.reply(numerics.ERR_LINKCHANNEL, channel.name, other.name, "Forwarding to another channel")
            passed.add(other)
            channel = other


def _check_admission(user: User, channel: Channel, key: str) -> None:
    """Refuse a user whom the channel does not let in.

    An account with a rank in the channel needs no invitation and no key, but may be banned. The invitation of
    a member with a rank lets in past all of it.

    Raises:
        Refused: see JOIN.
    """
    if user.invites.get(channel):
        return
    modes = channel.modes
    known = level(channel.account_ranks.get(user.account, "")) >= HALFOP
    invited = known or channel.matches_list("I", user)
    if "i" in modes and not invited:
        raise NumericError(numerics.ERR_INVITEONLYCHAN, channel.name)
    if "R" in modes and not user.account and not invited:
        raise NumericError(numerics.ERR_NEEDREGGEDNICK, channel.name, "Only who has an account may join (+R)")
    if channel.is_banned(user):
        raise NumericError(numerics.ERR_BANNEDFROMCHAN, channel.name)
    if "k" in modes and key != modes["k"] and not known:
        raise NumericError(numerics.ERR_BADCHANNELKEY, channel.name)
    if "l" in modes and len(channel.members) >= int(modes["l"]) and not known:
        raise NumericError(numerics.ERR_CHANNELISFULL, channel.name)


def announce_join(
    world: World, user: User, channel: Channel, audience: Audience, out: Outbox, at: int
) -> None:
    """Tell who has come into a channel, and the others of the audience with what ranks and whether away.

    Args:
        at: When, in milliseconds.
    """
    message = out.relayed(user, "JOIN", channel.name, at=at)
    extended = Message("JOIN", (channel.name, user.account or "*", user.realname), user.source, message.tags)
    message_log.store_event(user, extended, [channel], at, out, user)
    out.send(audience, extended, wants=EXTENDED_JOIN)
    out.send(audience, message, lacks=EXTENDED_JOIN)
    ranks = channel.members[user].ranks
    if len(channel.members) == 1 or not (ranks or user.away):
        return
    others = Audience(audience.sessions.difference(user.sessions))
    if ranks:
        change = ("+" + ranks, *[user.nick] * len(ranks))
        out.send(others, Message("MODE", (channel.name, *change), world.name))
    if user.away:
        out.send(others, out.relayed(user, "AWAY", user.away), wants=AWAY_NOTIFY)


def part_channel(world: World, user: User, channel: Channel, reason: str, out: Outbox) -> None:
    """Take a user out of a channel, who wanted to leave it. One who may not speak there gives no reason."""
    reason = "" if speak_permissions.is_silenced(user, channel) else reason
    words = (cut(reason, world.config.limits.kick),) if reason else ()
    at = channel.next_time(out.now)
    message = out.relayed(user, "PART", channel.name, *words, at=at)
    out.send(channel.watchers(user), message)
    message_log.store_event(user, message, [channel], at, out, user)
    remove_member(world, user, channel, out)


def remove_member(world: World, user: User, channel: Channel, out: Outbox) -> None:
    """Take a user out of a channel, after everybody was told."""
    world.remove_member(user, channel)
    if user.is_persistent:
        out.save(persistent_users.delete_channel(user, channel))
    end_if_abandoned(world, channel, out)


def end_if_abandoned(world: World, channel: Channel, out: Outbox) -> None:
    """End a channel that somebody has left, if nobody is in it any more and it is not to be kept."""
    if not is_abandoned(world, channel):
        return
    if is_restricted(channel) or has_no_content(channel) or len(world.channels) > KEPT_EMPTY:
        world.drop_channel(channel)
        out.save(channel_rows.delete(channel))


def is_abandoned(world: World, channel: Channel) -> bool:
    """Whether nobody is in a channel and nobody owns it."""
    return not (channel.members or channel.account_ranks or world.is_default_channel(channel.name))


def has_no_content(channel: Channel) -> bool:
    """Whether a channel has no topic, and nothing that was said in it is kept."""
    return not (channel.has_messages or channel.topic)


def is_restricted(channel: Channel) -> bool:
    """Whether a mode keeps strangers out of a channel."""
    return any(mode in channel.modes for mode in CLOSED)
