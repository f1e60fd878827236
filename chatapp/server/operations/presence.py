"""Ends sessions, removes users, and keeps absent users in their channels.

With `always_on` the user of an account is persistent: it stays in its channels after its last session ended,
shown as away, also after a restart of the server. Of several users of one account only the first is
persistent. A user who is absent for too long is removed; this is checked whenever a user becomes absent, so
it needs no timer.
"""

from __future__ import annotations

from chatapp.protocol import names
from chatapp.protocol.capabilities import AWAY_NOTIFY
from chatapp.protocol.message import Message, cut
from chatapp.protocol.presence import ABSENT, UNSPECIFIED
from chatapp.protocol.timestamps import DAY_MILLISECONDS
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import guest_nicks, membership, monitoring
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import persistent_users


def end_session(world: World, me: Session, reason: str, out: Outbox) -> None:
    """End a session. With its last session, a user is removed, or becomes absent if it is persistent.

    Sends:
        QUIT to members of shared channels; or AWAY to those with away-notify.
    """
    world.unregistered.discard(me)
    world.transfers.discard(me)
    world.files.forget(me)
    world.monitors.remove(me, list(me.monitored))
    user = me.user
    if user is None or me not in user.sessions:
        return
    user.session_ended(me)
    if user.sessions or user.is_persistent:
        update_secure_mode(world, user, out)
    if user.sessions:
        _update_away(world, user, out)
    elif user.is_persistent:
        _begin_absence(world, user, out)
    else:
        remove_user(world, user, reason, out)


def remove_user(world: World, user: User, reason: str, out: Outbox) -> None:
    """Remove a user who has no session any more.

    Sends:
        QUIT to members of shared channels; 731 to sessions that monitor the nick.
    """
    channels = list(user.channels)
    if channels:
        at = message_log.stamp_channels(channels, out.now)
        message = out.message_from(user, "QUIT", cut(reason, world.config.limits.kick), at=at)
        out.send(world.neighbours(user), message)
        message_log.store_event(user, message, channels, at, out, user)
    end_persistence(user, out)
    guest_nicks.note_left(world, user, out)
    world.remove_user(user, out.now)
    monitoring.notify_offline(world, user.nick, out)
    for each in channels:
        membership.end_if_abandoned(world, each, out)
    out.log_info(f"{user.nick} left: {reason}")


def disconnect_user(world: World, user: User, error: str, reason: str, out: Outbox) -> None:
    """Close all sessions of a user and remove it, even if it is persistent.

    Args:
        error: The text of ERROR to the user.
        reason: The reason in QUIT to others.
    """
    sessions, user.sessions = user.sessions, []
    user.sessions_changed()
    remove_user(world, user, reason, out)
    for session in sessions:
        out.close(session, error, reason)


def make_persistent(world: World, user: User, out: Outbox) -> None:
    """Make a user persistent, if `always_on` is set and no other user of the account is."""
    if world.config.accounts.always_on and not any(
        each.is_persistent for each in _users_of_account(world, user)
    ):
        user.is_persistent = True
        store_persistent_user(user, out)
        for each in user.channels:
            out.save(persistent_users.insert_channel(user, each))


def end_persistence(user: User, out: Outbox) -> None:
    """Make a user not persistent any more, because it is removed or logs out."""
    if user.is_persistent:
        user.is_persistent = False
        out.save(persistent_users.delete(user))


def store_persistent_user(user: User, out: Outbox, since: int = 0) -> None:
    """Store a persistent user: nick, user name, real name, away message.

    Args:
        since: When the last session ended, in milliseconds; 0 while there is one.
    """
    if user.is_persistent:
        out.save(persistent_users.upsert(user, since))


def update_secure_mode(world: World, user: User, out: Outbox) -> None:
    """Set or unset the user mode Z, which says that every session of a user is connected with TLS.

    Sends:
        MODE to the user if the mode changes.
    """
    is_secure = bool(user.sessions) and all(session.link.is_secure for session in user.sessions)
    if is_secure != user.is_secure:
        world.set_mode(user, "Z", is_secure)
        letters = "+Z" if is_secure else "-Z"
        out.send(user.audience, Message("MODE", (user.nick, letters), world.name))


def _begin_absence(world: World, user: User, out: Outbox) -> None:
    world.absent[user] = out.now
    guest_nicks.note_left(world, user, out)
    world.end_guest(user)
    _update_away(world, user, out)
    store_persistent_user(user, out, out.now)
    oldest = out.now - world.config.accounts.absent_days * DAY_MILLISECONDS
    while world.absent:
        longest, since = next(iter(world.absent.items()))
        if since > oldest and len(world.absent) <= world.config.limits.absent:
            break
        remove_user(world, longest, "Absent for too long", out)


def attach_session(world: World, me: Session, user: User, out: Outbox) -> None:
    """Update the absence and the away status of a user who has a new session."""
    was_absent = world.absent.pop(user, None) is not None
    if me.away:
        apply_away(world, me, user, out)
    _update_away(world, user, out)
    if was_absent:
        store_persistent_user(user, out)


def apply_away(world: World, me: Session, user: User, out: Outbox) -> None:
    """Apply the AWAY of a session.

    `AWAY *` applies to the session only: the user is away when all its sessions have sent it. Any other AWAY
    applies to the user.

    Source: IRCv3 pre-away.
    """
    if me.away == UNSPECIFIED:
        _update_away(world, user, out)
    else:
        _set_away(world, user, me.away, out)


def _update_away(world: World, user: User, out: Outbox) -> None:
    """Derive the away status from the sessions, unless the user has set an away message."""
    if user.away not in ("", ABSENT, UNSPECIFIED):
        return
    if not user.sessions:
        _set_away(world, user, ABSENT, out)
    elif all(session.away == UNSPECIFIED for session in user.sessions):
        _set_away(world, user, UNSPECIFIED, out)
    else:
        _set_away(world, user, "", out)


def _set_away(world: World, user: User, reason: str, out: Outbox) -> None:
    """Set the away message; an empty one means that the user is back.

    Sends:
        AWAY to other sessions with away-notify, if it changes.
    """
    if reason != user.away:
        user.away = reason
        parameters = (reason,) if reason else ()
        others = world.observers(user).minus(user.sessions)
        out.send(others, out.message_from(user, "AWAY", *parameters), required_caps=AWAY_NOTIFY)


def _users_of_account(world: World, user: User) -> list[User]:
    return world.logged_in[names.fold(user.account)]
