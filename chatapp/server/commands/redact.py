"""REDACT: delete a message. It disappears from history and search.

Source: IRCv3 message-redaction.
"""

from __future__ import annotations

from chatapp.protocol import names
from chatapp.protocol.capabilities import ECHO_MESSAGE, MESSAGE_REDACTION
from chatapp.protocol.message import Message, cut
from chatapp.protocol.modes import HALFOP
from chatapp.protocol.numerics import FailError
from chatapp.server.core.message_log import conversation_key
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import speak_permissions
from chatapp.server.operations.playback import may_read
from chatapp.server.state import message_ids
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import EMPTY_AUDIENCE, Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import message_rows
from chatapp.server.storage.message_rows import Authorship


def redact(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """REDACT <target> <msgid> [:<reason>]: delete a message of yours, or any in a channel that you moderate.

    The reason is not sent if a ban or mute keeps the user from speaking in the channel.

    Sends:
        REDACT to the target, and to the sender with echo-message; only to sessions with
        draft/message-redaction.
    Errors:
        FAIL REDACT INVALID_TARGET, UNKNOWN_MSGID, REDACT_FORBIDDEN.
    Source:
        IRCv3 message-redaction.
    """
    target, msgid = msg.params[:2]
    reason = tuple(cut(text, world.config.limits.kick) for text in msg.params[2:3])
    place = _resolve_target(world, user, target)
    key = place.key if isinstance(place, Channel) else conversation_key(world, user, place)
    number = message_ids.parse_msgid(msgid)

    def done(world: World, me: Session, user: User, found: Authorship | None, out: Outbox) -> None:
        if not _is_open_to(world, user, place, key):
            raise _invalid_target(target)
        if found is None:
            raise FailError("REDACT", "UNKNOWN_MSGID", "This message does not exist", target, msgid)
        is_own = user.is_author(found.author, found.account, found.time)
        if not (is_own or _may_redact(user, place)):
            raise FailError("REDACT", "REDACT_FORBIDDEN", "You may not delete this message", target, msgid)
        if not is_own:
            out.audit("REDACT", target, f"of {found.account or 'a guest'}, {msgid} {''.join(reason)}")
        if found.is_message:
            out.save(message_rows.delete(found.id))
        else:
            out.save(message_rows.delete_event(key, found.time))
        is_silenced = isinstance(place, Channel) and speak_permissions.is_silenced(user, place)
        _send_redaction(world, me, user, place, target, (msgid, *(() if is_silenced else reason)), out)

    out.run_user_job(
        lambda reader: None if number is None else message_rows.authorship(reader, key, number), done
    )


def _resolve_target(world: World, user: User, target: str) -> Channel | User | str:
    """Find the target.

    Returns:
        A channel, a user, or the given name of a user who is not online.

    Raises:
        FailError: INVALID_TARGET, the user is not in this channel.
    """
    if not names.looks_like_channel(target):
        return world.users.get(names.fold(target), target)
    channel = world.channels.get(names.fold(target))
    if channel is None or not (user in channel.members or user.is_operator):
        raise _invalid_target(target)
    return channel


def _invalid_target(target: str) -> FailError:
    return FailError("REDACT", "INVALID_TARGET", "You cannot delete messages there", target)


def _is_open_to(world: World, user: User, place: Channel | User | str, key: str) -> bool:
    """Whether the user is still in the conversation, or may still act in the channel as an operator."""
    is_there = isinstance(place, Channel) and world.channels.get(place.folded) is place
    return may_read(user, key) or (is_there and user.is_operator)


def _may_redact(user: User, place: Channel | User | str) -> bool:
    return isinstance(place, Channel) and place.effective_level(user) >= HALFOP


def _send_redaction(
    world: World,
    me: Session,
    user: User,
    place: Channel | User | str,
    target: str,
    params: tuple[str, ...],
    out: Outbox,
) -> None:
    """Send the redaction to everyone who got the message."""
    if isinstance(place, Channel):
        audience, name, at = place.audience, place.name, place.next_time(out.now)
    else:
        audience = place.audience if isinstance(place, User) else EMPTY_AUDIENCE
        name = place.nick if isinstance(place, User) else target
        at = world.next_direct_time(out.now)
    message = out.message_from(user, "REDACT", name, *params, at=at)
    audience = Audience(audience.sessions.union(user.sessions).difference({me}))
    out.send(audience, message, None, MESSAGE_REDACTION)
    if me.caps & ECHO_MESSAGE:
        out.send(me.own_audience, message, None, MESSAGE_REDACTION)
