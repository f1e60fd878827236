"""Joins and parts: decides who may join a channel, and when a channel ends.

Source: modern IRC "JOIN message", "PART message", "Channel Modes".
"""

from __future__ import annotations

from chatapp.protocol import addresses, names, numerics
from chatapp.protocol.capabilities import AWAY_NOTIFY, CHANNEL_RENAME, EXTENDED_JOIN, NO_IMPLICIT_NAMES
from chatapp.protocol.message import Message, cut, middle
from chatapp.protocol.modes import HALFOP, level
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_notify, read_markers, speak_permissions
from chatapp.server.operations.channel_info import show_away_messages, show_names, show_topic
from chatapp.server.state.channel import Channel
from chatapp.server.state.rate_limits import limit_of
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows, persistent_users, settings

LOCAL_FACTOR = 10  # multiplies the limit for guests of a private address, which many users may share
RESTRICTING_MODES = "Rikls"  # modes that restrict who may join or see a channel
MANY_CHANNELS = 10_000  # above this number, every abandoned channel ends


def join_channel(world: World, user: User, name: str, key: str, out: Outbox) -> None:
    """Add a user to a channel; create the channel if there is none.

    Args:
        key: The key that the user gave; empty for none.

    Sends:
        JOIN to the members; topic and names to the user; 470 if the channel forwards to another.

    Raises:
        NumericError: 403, 405, 439, 471, 473, 474, 475, 477.
        FailError: CHANNEL_RENAMED.
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
    ranks = world.ranks_at_join(user, channel)
    has_operators = channel.members or channel.account_ranks or channel.is_orphan
    if not (has_operators or world.is_default_channel(channel.name)):
        ranks = "o"
        if user.account:
            channel.account_ranks[user.account] = ranks
            out.save(channel_rows.upsert_ranks(channel, user.account, ranks))
        ranks = world.with_rank_of_role(user.role, channel, ranks)
    world.add_member(user, channel, ranks)
    if user.is_persistent:
        out.save(persistent_users.insert_channel(user, channel))
    announce_join(world, user, channel, channel.watchers(user), out, channel.next_time(out.now))
    for session in user.sessions:
        send_channel_state(session, user, channel, out)


def send_channel_state(session: Session, user: User, channel: Channel, out: Outbox) -> None:
    """Send what follows the JOIN of a user to one of its sessions.

    Sends:
        Topic, read marker, names, away messages, metadata.
    """
    if channel.topic:
        show_topic(session, channel, out)
    read_markers.send_marker(session, user, channel, out)
    if not session.caps & NO_IMPLICIT_NAMES:
        show_names(session, user, channel, out)
    if session.caps & AWAY_NOTIFY:
        show_away_messages(session, user, channel, out)
    metadata_notify.send_channel(out.world, session, user, channel, out)


def send_join(session: Session, user: User, channel: Channel, out: Outbox) -> None:
    """Send JOIN and the state of a channel to a session whose user is in it already."""
    extended = (user.account or "*", user.realname) if session.caps & EXTENDED_JOIN else ()
    out.send(session.own_audience, Message("JOIN", (channel.name, *extended), user.source))
    send_channel_state(session, user, channel, out)


def _renamed_channel(world: World, user: User, name: str, out: Outbox) -> Channel | None:
    """Return the channel that had this name before a RENAME, for a user who was not in it at that time.

    Raises:
        FailError: CHANNEL_RENAMED, for a session with draft/channel-rename: it joins the new name.
    """
    former = world.former_names.get(names.fold(name))
    if former is None or user.id in former.member_ids or not world.may_see_channel(user, former.channel):
        return None
    channel = former.channel
    text = "The channel has been renamed"
    if out.me.caps & CHANNEL_RENAME:
        raise FailError("JOIN", "CHANNEL_RENAMED", text, name, channel.name)
    out.reply(numerics.ERR_LINKCHANNEL, middle(name), channel.name, text)
    return channel


def _create(world: World, user: User, name: str, out: Outbox) -> Channel:
    name = names.normalize(name)
    if not names.is_channel(name, world.config.limits.channel):
        raise NumericError(numerics.ERR_NOSUCHCHANNEL, name)
    who = world.config.channels.who_may_create
    if not world.is_default_channel(name) and (
        (who == "members" and not user.account) or (who == "moderators" and not user.is_operator)
    ):
        raise NumericError(
            numerics.ERR_NEEDREGGEDNICK, name, f"On this server only {who} may create channels"
        )
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
        NumericError: 439, too many new channels.
    """
    address = out.me.link.address
    most = world.config.limits.new_channels
    keys = [(user.identity, most)]
    if not user.account:
        keys.append((addresses.client_block(address), limit_of(address, most, most * LOCAL_FACTOR)))
    if not all(world.new_channels.allow(key, out.clock, limit) for key, limit in keys):
        text = "You created too many channels: try again in a few minutes"
        raise NumericError(numerics.ERR_TARGETTOOFAST, name, text)


def _delete_guest_masks(world: World, channel: Channel, out: Outbox) -> None:
    """Delete the bans and exceptions that guests set in an abandoned channel.

    Their ranks ended when they left, so no member could remove these masks. Masks of server moderators stay:
    no other user can have had the nick of such an account.
    """
    for letter, entries in channel.lists.items():
        for entry in list(entries.values()):
            account = world.accounts.get(names.fold(entry.by))
            if account is None or account.role == "member":
                del entries[entry.mask]
                out.save(channel_rows.delete_mask(channel, letter, entry.mask))


def _admitting_channel(world: World, user: User, channel: Channel, key: str, out: Outbox) -> Channel:
    """Return the channel that a user may join: this one, or one that it forwards to.

    Server operators may join any channel; the audit log records it.

    Raises:
        NumericError: See `_check_admission`.
    """
    visited = {channel}
    while True:
        try:
            _check_admission(user, channel, key)
            return channel
        except NumericError as refused:
            if user.is_operator:
                out.audit("JOIN", channel.name, f"despite: {refused.numeric.text or refused.about[-1]}")
                return channel
            other = world.channels.get(names.fold(channel.modes.get("f", "")))
            if other is None or other in visited:
                raise
            out.reply(numerics.ERR_LINKCHANNEL, channel.name, other.name, "Forwarding to another channel")
            visited.add(other)
            channel = other


def _check_admission(user: User, channel: Channel, key: str) -> None:
    """Check whether a user may join a channel.

    An account with the rank of half-operator or above in the channel needs no invitation and no key, but may
    be banned. The invitation of a member with a rank overrides all modes and bans.

    Raises:
        NumericError: 473 invite-only, 477 account needed, 474 banned, 475 wrong key, 471 channel full.
    """
    if user.invites.get(channel):
        return
    modes = channel.modes
    has_rank = level(channel.account_ranks.get(user.account, "")) >= HALFOP
    is_invited = has_rank or channel.find_mask("I", user) is not None
    if "i" in modes and not is_invited:
        raise NumericError(numerics.ERR_INVITEONLYCHAN, channel.name)
    if "R" in modes and not user.account and not is_invited:
        raise NumericError(
            numerics.ERR_NEEDREGGEDNICK, channel.name, "Only users who are logged in may join (+R)"
        )
    if found := channel.find_ban(user):
        text = f"Cannot join channel{speak_permissions.end_text(found)} (+b)"
        raise NumericError(numerics.ERR_BANNEDFROMCHAN._replace(text=text), channel.name)
    if "k" in modes and key != modes["k"] and not has_rank:
        raise NumericError(numerics.ERR_BADCHANNELKEY, channel.name)
    if "l" in modes and len(channel.members) >= int(modes["l"]) and not has_rank:
        raise NumericError(numerics.ERR_CHANNELISFULL, channel.name)


def announce_join(
    world: World, user: User, channel: Channel, audience: Audience, out: Outbox, at: int
) -> None:
    """Send and store the JOIN of a user.

    Args:
        at: The time of the JOIN in milliseconds.

    Sends:
        JOIN to the audience; to its other sessions MODE for ranks, AWAY to those with away-notify, and the
        metadata to which they subscribe.
    """
    message = out.message_from(user, "JOIN", channel.name, at=at)
    extended = Message("JOIN", (channel.name, user.account or "*", user.realname), user.source, message.tags)
    message_log.store_event(user, extended, [channel], at, out, user)
    out.send(audience, extended, required_caps=EXTENDED_JOIN)
    out.send(audience, message, excluded_caps=EXTENDED_JOIN)
    ranks = channel.members[user].ranks
    if len(channel.members) == 1:
        return
    if world.metadata.get(user.identity):
        metadata_notify.notify_join(world, user, audience.sessions.difference(user.sessions), out)
    if not (ranks or user.away):
        return
    others = audience.minus(user.sessions)
    if ranks:
        change = ("+" + ranks, *[user.nick] * len(ranks))
        out.send(others, Message("MODE", (channel.name, *change), world.name))
    if user.away:
        out.send(others, out.message_from(user, "AWAY", user.away), required_caps=AWAY_NOTIFY)


def part_channel(world: World, user: User, channel: Channel, reason: str, out: Outbox) -> None:
    """Send and store the PART of a user. The reason of a user who may not write there is left out."""
    reason = "" if speak_permissions.is_silenced(user, channel) else reason
    text = (cut(reason, world.config.limits.kick),) if reason else ()
    at = channel.next_time(out.now)
    message = out.message_from(user, "PART", channel.name, *text, at=at)
    out.send(channel.watchers(user), message)
    message_log.store_event(user, message, [channel], at, out, user)
    remove_member(world, user, channel, out)


def remove_member(world: World, user: User, channel: Channel, out: Outbox) -> None:
    """Remove a user from a channel, after PART, KICK or the like was sent."""
    world.remove_member(user, channel)
    if user.is_persistent:
        out.save(persistent_users.delete_channel(user, channel))
    end_if_abandoned(world, channel, out)


def end_if_abandoned(world: World, channel: Channel, out: Outbox) -> None:
    """Delete an abandoned channel that is restricted or has no content, or if there are too many."""
    if not is_abandoned(world, channel):
        return
    if is_restricted(channel) or has_no_content(channel) or len(world.channels) > MANY_CHANNELS:
        world.drop_channel(channel)
        out.save(channel_rows.delete(channel))


def is_abandoned(world: World, channel: Channel) -> bool:
    """Return whether a channel has no members and no account with a rank, and is not a default channel."""
    return not (channel.members or channel.account_ranks or world.is_default_channel(channel.name))


def has_no_content(channel: Channel) -> bool:
    """Return whether a channel has neither a topic nor stored messages."""
    return not (channel.has_messages or channel.topic)


def is_restricted(channel: Channel) -> bool:
    """Return whether a mode restricts who may join or see a channel."""
    return any(mode in channel.modes for mode in RESTRICTING_MODES)
