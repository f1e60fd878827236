"""Decides which sessions may have a nick, and changes nicks.

A nick that is the name of an account belongs to that account. A session that is logged in to the account gets
the nick at once: it joins a user of the same account who has it; any other user with it gets a guest nick.

A guest who comes back with its key before its lost connection was noticed joins its own user in the same way.
The nick of a guest who has left is reserved for it for some time, see `guest_nicks`.
"""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import NumericError
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import guest_nicks, membership, monitoring, presence, speak_permissions
from chatapp.server.state.accounts import SERVICES
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

_SHOWN = numerics.ERR_NICKNAMEINUSE._replace(
    text="Another user is shown under this name, or one that looks like it"
)
_PROTECTED = numerics.ERR_NICKNAMEINUSE._replace(text="This name belongs to an account: log in to use it")
_RESERVED = numerics.ERR_NICKNAMEINUSE._replace(
    text="This name is kept for a guest who was here before: choose another one"
)


def account_name(me: Session) -> str:
    """Return the account that a session is logged in to, or ""."""
    return me.user.account if me.user else me.account


def check_available(world: World, me: Session, wanted: str) -> None:
    """Check, before registration is complete, that a nick is free or that a login or a key could free it.

    Raises:
        NumericError: 433.
    """
    folded = names.fold(wanted)
    holder = world.users.get(folded)
    is_kept = holder and not holder.account and not holder.guest_key  # neither a login nor a key can free it
    if folded in SERVICES or (is_kept and folded not in world.accounts):
        me.refused_nick = wanted
        raise NumericError(numerics.ERR_NICKNAMEINUSE, wanted)


def claim_nick(world: World, me: Session, wanted: str, out: Outbox) -> User | None:
    """Free a nick for a session, if the session may have it.

    Returns:
        The user of the same account, or the same guest, who has the nick, to which the session must be added;
        else None.

    Raises:
        NumericError: 433.
    """
    folded = names.fold(wanted)
    account = account_name(me)
    holder = world.users.get(folded)
    if holder and (holder.account == account if account else _is_same_guest(me, holder)):
        return holder
    is_mine = folded in world.accounts and folded == names.fold(account)
    if (holder or folded in world.accounts or folded in SERVICES) and not is_mine:
        me.refused_nick = wanted
        raise NumericError(_PROTECTED if folded in world.accounts else numerics.ERR_NICKNAMEINUSE, wanted)
    if not is_mine and guest_nicks.is_reserved(world, me, wanted, out.now):
        me.refused_nick = wanted
        raise NumericError(_RESERVED, wanted)
    if not is_mine and world.is_shown_by_other(_identity(world, me), wanted):
        me.refused_nick = wanted
        raise NumericError(_SHOWN, wanted)
    if holder:
        force_guest_nick(world, holder, out)
    return None


def _is_same_guest(me: Session, holder: User) -> bool:
    return me.user is None and bool(me.guest_key) and holder.identity == me.guest_key


def _identity(world: World, me: Session) -> str:
    if me.user:
        return me.user.identity
    return world.identity_of(me.account) if me.account else ""


def change_nick(world: World, me: Session, user: User, wanted: str, out: Outbox) -> User:
    """Give a user another nick, or merge it with the user of the same account who has that nick.

    Returns:
        The user that the session has now.

    Raises:
        NumericError: 433 nick in use, 437 banned or muted in a channel.
    """
    if wanted != user.nick and (channel := speak_permissions.silencing_channel(user)):
        raise NumericError(numerics.ERR_BANNICKCHANGE, channel.name)
    holder = user if names.fold(wanted) == user.folded else claim_nick(world, me, wanted, out)
    if holder and holder is not user:
        _merge_users(world, user, holder, out)
        return holder
    if wanted != user.nick:
        rename(world, user, wanted, out)
    return user


def rename(world: World, user: User, wanted: str, out: Outbox) -> None:
    """Give a user another nick.

    Sends:
        NICK to the user and to members of shared channels; 731 and 730 to sessions that monitor the nicks.
    """
    at = message_log.stamp_channels(user.channels, out.now)
    message = out.message_from(user, "NICK", wanted, at=at)
    message_log.store_event(user, message, user.channels, at, out, user)
    before = user.nick
    if names.fold(wanted) != user.folded:
        world.add_to_whowas(user, out.now)
    world.rename_user(user, wanted)
    out.send(world.neighbours(user), message)
    if names.fold(before) != user.folded:
        monitoring.notify_offline(world, before, out)
        monitoring.notify_online(world, user, out)
    presence.store_persistent_user(user, out)
    if not user.account:
        guest_nicks.note_present(world, user, out)


def add_session(world: World, me: Session, user: User, out: Outbox) -> None:
    """Add a session to a user who has other sessions, or is absent."""
    me.user = user
    user.sessions.append(me)
    user.sessions_changed()
    presence.attach_session(world, me, user, out)


def send_user_state(me: Session, user: User, out: Outbox) -> None:
    """Send a new session the modes, the away status and the channels of its user.

    Sends:
        221 if there are modes, 306 if away; JOIN, topic and names for each channel.
    """
    if user.modes:
        out.reply(numerics.RPL_UMODEIS, "+" + "".join(sorted(user.modes)))
    if user.away:
        out.reply(numerics.RPL_NOWAWAY)
    for each in user.channels:
        membership.send_join(me, user, each, out)


def force_guest_nick(world: World, user: User, out: Outbox) -> None:
    """Give a guest nick to a user whose nick belongs to an account that logged in.

    The user leaves channels in which it is banned or muted, since the mask might not match the new nick.

    Sends:
        PART and NICK to members of shared channels; NOTICE to the user.
    """
    for channel in list(user.channels):
        if speak_permissions.is_silenced(user, channel):
            membership.part_channel(world, user, channel, "", out)
    number = user.id % 10_000
    while world.is_name_of_other(user.identity, nick := f"Guest{number}"):
        number += 1
    rename(world, user, nick, out)
    parameters = (nick, "Your name belongs to an account, and its owner logged in")
    out.send(user.audience, Message("NOTICE", parameters, world.name))


def merge_absent_users(world: World, user: User, out: Outbox) -> None:
    """Merge absent users of an account into a user who logged in to it. Their channels are kept.

    Sends:
        JOIN in channels in which the user was not; QUIT for the other nick.
    """
    for other in list(world.logged_in[names.fold(user.account)]):
        if other in world.absent:
            _merge_users(world, other, user, out)


def _merge_users(world: World, user: User, holder: User, out: Outbox) -> None:
    """Move all sessions and channels of a user to another user of the same account.

    Sends:
        NICK to the sessions that move, and JOIN, topic and names for the channels of the other user; to other
        sessions JOIN for channels in which the other user was not, and QUIT.
    """
    moved = list(user.sessions)
    message = out.message_from(user, "NICK", holder.nick)
    before, known = list(user.channels), list(holder.channels)
    user.sessions = []
    user.sessions_changed()
    for session in moved:
        out.send(session.own_audience, message)
        add_session(world, session, holder, out)
    for channel in known:
        for session in moved:
            membership.send_join(session, holder, channel, out)
    for channel in before:
        _bring_into_channel(world, holder, channel, Audience(moved), out)
    for channel, is_pass in user.invites.items():
        if channel not in holder.channels:
            world.invite(holder, channel, is_pass)
    presence.update_secure_mode(world, holder, out)
    presence.remove_user(world, user, f"Now known as {holder.nick}", out)
    presence.make_persistent(world, holder, out)


def _bring_into_channel(world: World, user: User, channel: Channel, moved: Audience, out: Outbox) -> None:
    """Add a user to a channel of another user of the same account, unless a ban prevents it."""
    if not channel.is_banned(user) and user not in channel.members:
        world.invite(user, channel, is_pass=True)
    try:
        membership.join_channel(world, user, channel.name, channel.modes.get("k", ""), out)
    except NumericError:
        world.uninvite(user, channel)
        out.send(moved, Message("PART", (channel.name,), user.source))
