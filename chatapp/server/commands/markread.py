"""MARKREAD: read markers of a user, shared by all sessions of the user and hidden from other users.

Read markers of accounts and of guests with a key are stored; those of other guests last until they
disconnect.

Source: IRCv3 read-marker.
"""

from __future__ import annotations

from typing import NamedTuple

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
from chatapp.server.storage import history_pages, marker_rows
from chatapp.server.storage.reader import Reader

MAX_MARKERS = 1000  # of one user


class _Place(NamedTuple):
    """A channel or conversation.

    Args:
        keys: Its key; of a conversation with guests of one nick all keys: the present one first, that of the
            newest conversation last.
        newest: The time of its newest message, in milliseconds.
        is_guest: Whether the partner is a guest, or not known.
    """

    name: str
    keys: tuple[str, ...]
    newest: int
    is_guest: bool = False
    is_online: bool = True


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
    place = _resolve_target(world, user, msg.params[0])
    if not place.is_guest:
        _mark(world, me, user, place, msg, out)
        return
    identity, name, is_online = user.identity, msg.params[0], place.is_online

    def read(reader: Reader) -> tuple[str, ...]:
        return history_pages.keys_of_conversation(reader, identity, name, place.keys[0], is_online)

    def done(world: World, me: Session, user: User, keys: tuple[str, ...], out: Outbox) -> None:
        if user.identity == identity:
            _mark(world, me, user, place._replace(keys=keys), msg, out)
        else:
            markread(world, me, user, msg, out)  # it has logged in meanwhile

    out.run_user_job(read, done)


def _mark(world: World, me: Session, user: User, place: _Place, msg: Message, out: Outbox) -> None:
    """Show or set the marker of a conversation."""
    known, newest = markers_of(world, user), max(out.now, place.newest)
    before = max(known.get(key, 0) for key in place.keys)
    time = min(_time(*msg.params[:2]), newest) if len(msg.params) > 1 else 0
    if time > before:
        _set(world, user, place.name, place.keys[0 if place.is_online else -1], time, out)
        out.send(user.audience, message_of(world, place.name, time), me, READ_MARKER)
    out.reply_with(message_of(world, place.name, max(time, before)))


def _is_channel_of_others(world: World, user: User, target: str) -> bool:
    """Return whether this is the name of a channel that the user is not in, existing or not.

    The reply is the same for both, so it does not reveal secret channels.
    """
    channel = world.channels.get(names.fold(target))
    is_member = channel is not None and user in channel.members
    return names.is_channel(target, world.config.limits.channel) and not is_member


def _resolve_target(world: World, user: User, target: str) -> _Place:
    """Find a channel or conversation.

    Raises:
        FailError: INVALID_PARAMS, the user is not in this channel.
    """
    if names.looks_like_channel(target):
        channel = world.channels.get(names.fold(target))
        if channel is None or user not in channel.members:
            raise FailError("MARKREAD", "INVALID_PARAMS", "You are not in that channel", target)
        return _Place(channel.name, (channel.key,), channel.last_time)
    other = world.users.get(names.fold(target))
    key = conversation_key(world, user, other or target)
    is_guest = not (other.account if other else names.fold(target) in world.accounts)
    name = other.nick if other else target
    return _Place(name, (key,), world.last_direct_time, is_guest, is_online=other is not None)


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
