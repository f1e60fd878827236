"""MARKREAD: read markers of a user, shared by all sessions of the user and hidden from other users.

Read markers of accounts and of guests with a key are stored; those of other guests last until they
disconnect.

Source: IRCv3 read-marker.
"""

from __future__ import annotations

from chatapp.protocol import names
from chatapp.protocol.capabilities import READ_MARKER
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import parse_criterion_milliseconds
from chatapp.server.core.message_log import conversation_key
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.read_markers import markers_of, message_of
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import marker_rows

MAX_MARKERS = 1000  # of one user


def markread(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """MARKREAD <target> [timestamp=<time>]: show or set how far you have read.

    A marker never moves back. There is none for a channel that you are not in.

    Sends:
        MARKREAD to the sender; when it has changed also to the user's other sessions with draft/read-marker.
    Errors:
        FAIL MARKREAD NEED_MORE_PARAMS, INVALID_PARAMS, INTERNAL_ERROR.
    Source:
        IRCv3 read-marker.
    """
    if not msg.params or not msg.params[0]:
        raise FailError("MARKREAD", "NEED_MORE_PARAMS", "Missing parameters")
    if len(msg.params) == 1 and _is_channel_of_others(world, user, msg.params[0]):
        out.reply_with(message_of(world, msg.params[0], 0))
        return
    name, key, newest = _resolve_target(world, user, msg.params[0])
    before = markers_of(world, user).get(key, 0)
    time = min(_time(*msg.params[:2]), max(out.now, newest)) if len(msg.params) > 1 else 0
    if time > before:
        _set(world, user, name, key, time, out)
        out.send(user.audience, message_of(world, name, time), me, READ_MARKER)
    out.reply_with(message_of(world, name, max(time, before)))


def _is_channel_of_others(world: World, user: User, target: str) -> bool:
    """Whether this is the name of a channel that the user is not in, existing or not.

    The reply is the same for both, so it does not reveal secret channels.
    """
    channel = world.channels.get(names.fold(target))
    is_member = channel is not None and user in channel.members
    return names.is_channel(target, world.config.limits.channel) and not is_member


def _resolve_target(world: World, user: User, target: str) -> tuple[str, str, int]:
    """Find a channel or conversation.

    Returns:
        Its name, its key, and the time of its newest message in milliseconds.

    Raises:
        FailError: INVALID_PARAMS, the user is not in this channel.
    """
    if names.looks_like_channel(target):
        channel = world.channels.get(names.fold(target))
        if channel is None or user not in channel.members:
            raise FailError("MARKREAD", "INVALID_PARAMS", "You are not in that channel", target)
        return channel.name, channel.key, channel.last_time
    other = world.users.get(names.fold(target))
    return (
        other.nick if other else target,
        conversation_key(world, user, other or target),
        world.last_direct_time,
    )


def _time(target: str, text: str) -> int:
    time = parse_criterion_milliseconds(text)
    if time is None:
        raise FailError("MARKREAD", "INVALID_PARAMS", "Invalid timestamp", target, text)
    return time


def _set(world: World, user: User, name: str, key: str, time: int, out: Outbox) -> None:
    markers = world.markers.setdefault(user.identity, {})
    if key not in markers and len(markers) >= MAX_MARKERS:
        raise FailError(
            "MARKREAD", "INTERNAL_ERROR", "You have too many read markers", name, str(MAX_MARKERS)
        )
    markers[key] = time
    if user.is_lasting:
        out.save(marker_rows.upsert(user.identity, key, time))
