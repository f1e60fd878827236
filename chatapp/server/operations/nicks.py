"""Whose a nick is, and how somebody gets it.

A nick that is the name of an account belongs to that account. Whoever is logged in to it gets it at once: a
user of the same account takes the session in, and anybody else who holds the nick gets another.
"""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import NumericError
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import membership, monitoring, presence, speak_permissions
from chatapp.server.state.accounts import SERVICES
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

_PROTECTED = numerics.ERR_NICKNAMEINUSE._replace(words="This name belongs to an account; log in to have it")


def account_name(me: Session) -> str:
    """The account that this session is logged in to, or nothing."""
    return me.user.account if me.user else me.account


def check_available(world: World, me: Session, wanted: str) -> None:
    """Before the end of registration: is the nick taken, whatever login may come until then?

    Raises  Refused 433
    """
    folded = names.fold(wanted)
    holder = world.users.get(folded)
    if folded in SERVICES or (holder and not holder.account and folded not in world.accounts):
        me.refused_nick = wanted
        raise NumericError(numerics.ERR_NICKNAMEINUSE, wanted)


def claim(world: World, me: Session, wanted: str, out: Outbox) -> User | None:
    """Make the nick free for this session.

    Gives   the user of the same account who has it, whom the session is to join; else nothing
    Raises  Refused 433
    """
    folded = names.fold(wanted)
    account = account_name(me)
    holder = world.users.get(folded)
    if holder and account and holder.account == account:
        return holder
    is_mine = folded in world.accounts and folded == names.fold(account)
    if (holder or folded in world.accounts or folded in SERVICES) and not is_mine:
        me.refused_nick = wanted
        raise NumericError(_PROTECTED if folded in world.accounts else numerics.ERR_NICKNAMEINUSE, wanted)
    if holder:
        force_guest_nick(world, holder, out)
    return None


def change_nick(world: World, me: Session, user: User, wanted: str, out: Outbox) -> User:
    """Give a user another nick, or unite them with the user of the same account who has it.

    Returns:
        The user that the session has now.

    Raises:
        Refused: 433; 437 for a user whom a ban or mute keeps from speaking in some channel.
    """
    if wanted != user.nick and (channel := speak_permissions.silencing_channel(user)):
        raise NumericError(numerics.ERR_BANNICKCHANGE, channel.name)
    holder = user if names.fold(wanted) == user.folded else claim(world, me, wanted, out)
    if holder and holder is not user:
        _merge_users(world, user, holder, out)
        return holder
    if wanted != user.nick:
        rename(world, user, wanted, out)
    return user


def rename(world: World, user: User, wanted: str, out: Outbox) -> None:
    """Sends  NICK to everybody who shares a channel"""
    at = message_log.stamp_channels(user.channels, out.now)
    message = out.relayed(user, "NICK", wanted, at=at)
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


def add_session(world: World, me: Session, user: User, out: Outbox) -> None:
    """A session of somebody who is there already."""
    me.user = user
    user.sessions.append(me)
    user.sessions_changed()
    presence.attach_session(world, me, user, out)


def send_user_state(me: Session, user: User, out: Outbox) -> None:
    """Tell a session that joined its user how that one is, and where.

    Sends   221 and 306 as far as they apply; JOIN, topic and names for each channel
    """
    if user.modes:
        out.reply(numerics.RPL_UMODEIS, "+" + "".join(sorted(user.modes)))
    if user.away:
        out.reply(numerics.RPL_NOWAWAY)
    for each in user.channels:
        membership.send_join(me, user, each, out)


def force_guest_nick(world: World, user: User, out: Outbox) -> None:
    """Give another nick to somebody who has one whose owner came.

    Where a ban or mute keeps them from speaking they have to leave, for it might not fit the other nick.
    """
    for channel in list(user.channels):
        if speak_permissions.is_silenced(user, channel):
            membership.part_channel(world, user, channel, "", out)
    number = user.id % 10_000
    while names.fold(nick := f"Guest{number}") in world.users or names.fold(nick) in world.accounts:
        number += 1
    rename(world, user, nick, out)
    words = (nick, "Your name belongs to an account, and its owner came")
    out.send(user.audience, Message("NOTICE", words, world.name))


def merge_absent_users(world: World, user: User, out: Outbox) -> None:
    """Whoever stays of the account of somebody who logs in, under another nick and without a session, is
    nobody else: the channels come along.

    Sends   JOIN where the user was not; QUIT for the other nick
    """
    for other in list(world.logged_in[names.fold(user.account)]):
        if other in world.absent:
            _merge_users(world, other, user, out)


def _merge_users(world: World, user: User, holder: User, out: Outbox) -> None:
    """All sessions of one user become sessions of another of the same account. The channels come along.

    Sends   NICK to the sessions that move, and what they do not know of the other's channels; to everybody
            else it is a JOIN where the other was not, and a QUIT
    """
    moved = list(user.sessions)
    news = out.relayed(user, "NICK", holder.nick)
    before, known = list(user.channels), list(holder.channels)
    user.sessions = []
    user.sessions_changed()
    for session in moved:
        out.send(session.own_audience, news)
        add_session(world, session, holder, out)
    for place in known:
        for session in moved:
            membership.send_join(session, holder, place, out)
    for place in before:
        _bring_into_channel(world, holder, place, Audience(moved), out)
    for place, is_pass in user.invites.items():
        if place not in holder.channels:
            world.invite(holder, place, is_pass)
    presence.update_secure_mode(world, holder, out)
    presence.remove_user(world, user, f"Is {holder.nick} now", out)
    presence.make_persistent(world, holder, out)


def _bring_into_channel(world: World, user: User, place: Channel, moved: Audience, out: Outbox) -> None:
    """Put a user into a channel where another user of the same account is. Only a ban keeps them out."""
    if not place.is_banned(user) and user not in place.members:
        world.invite(user, place, is_pass=True)
    try:
        membership.join_channel(world, user, place.name, place.modes.get("k", ""), out)
    except NumericError:
        world.uninvite(user, place)
        out.send(moved, Message("PART", (place.name,), user.source))
