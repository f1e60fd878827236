"""Who is here: sessions end, users leave, or stay without a session.

With `always_on` the user of an account stays in the channels when the last session is gone, shown as away,
also through a restart of the server. Of several users of one account only the first stays. Who is absent for
too long leaves after all; that is looked at whenever somebody becomes absent, so it needs no clock.
"""

from __future__ import annotations

from chatapp.protocol import names
from chatapp.protocol.capabilities import AWAY_NOTIFY
from chatapp.protocol.message import Message, cut
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import membership, monitoring
from chatapp.server.state.session import UNSPECIFIED, Audience, Session
from chatapp.server.state.user import ABSENT, User
from chatapp.server.state.world import World
from chatapp.server.storage import persistent_users

DAY = 86_400_000  # milliseconds


def end_session(world: World, me: Session, reason: str, out: Outbox) -> None:
    """A session is over; with the last one its user leaves, or stays without one.

    Sends   QUIT to everybody who shares a channel, or AWAY to those who know away-notify
    """
    world.unregistered.discard(me)
    world.monitors.remove(me, list(me.monitored))
    user = me.user
    if user is None or me not in user.sessions:
        return
    user.sessions.remove(me)
    user.sessions_changed()
    if user.sessions or user.is_persistent:
        update_secure_mode(world, user, out)
    if user.sessions:
        _update_away(world, user, out)
    elif user.is_persistent:
        _begin_absence(world, user, out)
    else:
        remove_user(world, user, reason, out)


def remove_user(world: World, user: User, reason: str, out: Outbox) -> None:
    """Somebody who has no session any more is gone for good.

    Sends   QUIT to everybody who shares a channel
    """
    channels = list(user.channels)
    if channels:
        at = message_log.stamp_channels(channels, out.now)
        message = out.relayed(user, "QUIT", cut(reason, world.config.limits.kick), at=at)
        out.send(world.neighbours(user), message)
        message_log.store_event(user, message, channels, at, out, user)
    end_persistence(user, out)
    world.remove_user(user, out.now)
    monitoring.notify_offline(world, user.nick, out)
    for each in channels:
        membership.end_if_abandoned(world, each, out)
    out.log_info(f"{user.nick} left: {reason}")


def disconnect_user(world: World, user: User, farewell: str, reason: str, out: Outbox) -> None:
    """Put somebody out of the server with all sessions, also who would stay.

    Takes  farewell: what the user is told; reason: what others read
    """
    sessions, user.sessions = user.sessions, []
    user.sessions_changed()
    remove_user(world, user, reason, out)
    for session in sessions:
        out.close(session, farewell, reason)


def make_persistent(world: World, user: User, out: Outbox) -> None:
    """Somebody is logged in: from now on they stay, if the server lets people, and nobody else of the account
    does."""
    if world.config.accounts.always_on and not any(
        each.is_persistent for each in _users_of_account(world, user)
    ):
        user.is_persistent = True
        store_persistent_user(user, out)
        for each in user.channels:
            out.save(persistent_users.insert_channel(user, each))


def end_persistence(user: User, out: Outbox) -> None:
    """Nothing is kept of somebody any more: they leave, or log out."""
    if user.is_persistent:
        user.is_persistent = False
        out.save(persistent_users.delete(user))


def store_persistent_user(user: User, out: Outbox, since: int = 0) -> None:
    """Keep how somebody is called who stays.

    Takes  since: when the last session left, 0 while there is one
    """
    if user.is_persistent:
        out.save(persistent_users.upsert(user, since))


def update_secure_mode(world: World, user: User, out: Outbox) -> None:
    """The user mode Z says that every session of somebody comes by TLS.

    Sends   MODE to the user when that is different from before
    """
    is_secure = bool(user.sessions) and all(session.link.is_secure for session in user.sessions)
    if is_secure != user.is_secure:
        world.set_mode(user, "Z", is_secure)
        letters = "+Z" if is_secure else "-Z"
        out.send(user.audience, Message("MODE", (user.nick, letters), world.name))


def _begin_absence(world: World, user: User, out: Outbox) -> None:
    world.absent[user] = out.now
    _update_away(world, user, out)
    store_persistent_user(user, out, out.now)
    oldest = out.now - world.config.accounts.absent_days * DAY
    for each, since in list(world.absent.items()):
        if since > oldest and len(world.absent) <= world.config.limits.absent:
            break
        remove_user(world, each, "Not seen for a long time", out)


def attach_session(world: World, me: Session, user: User, out: Outbox) -> None:
    """A user has this session too."""
    was_absent = world.absent.pop(user, None) is not None
    if me.away:
        apply_away(world, me, user, out)
    _update_away(world, user, out)
    if was_absent:
        store_persistent_user(user, out)


def apply_away(world: World, me: Session, user: User, out: Outbox) -> None:
    """A session has said that its user is away, or here; or of itself alone that nobody is there."""
    if me.away == UNSPECIFIED:
        _update_away(world, user, out)
    else:
        _set_away(world, user, me.away, out)


def _update_away(world: World, user: User, out: Outbox) -> None:
    """Whoever gave no reason is away as long as no session says that somebody is there."""
    if user.away not in ("", ABSENT, UNSPECIFIED):
        return
    if not user.sessions:
        _set_away(world, user, ABSENT, out)
    elif all(session.away == UNSPECIFIED for session in user.sessions):
        _set_away(world, user, UNSPECIFIED, out)
    else:
        _set_away(world, user, "", out)


def _set_away(world: World, user: User, reason: str, out: Outbox) -> None:
    """Somebody is away, or is back when there is no reason. Who knows that already is not told."""
    if reason != user.away:
        user.away = reason
        words = (reason,) if reason else ()
        others = Audience(world.observers(user).sessions.difference(user.sessions))
        out.send(others, out.relayed(user, "AWAY", *words), wants=AWAY_NOTIFY)


def _users_of_account(world: World, user: User) -> list[User]:
    return world.logged_in[names.fold(user.account)]
