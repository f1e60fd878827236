"""REDACT: delete a message. It disappears from history and search.

Source: IRCv3 message-redaction.
"""

from __future__ import annotations

from typing import NamedTuple

from chatapp.protocol.capabilities import ECHO_MESSAGE, MESSAGE_REDACTION
from chatapp.protocol.message import Message, cut
from chatapp.protocol.modes import HALFOP
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import speak_permissions, stored_messages
from chatapp.server.operations.stored_messages import FoundMessage, Place
from chatapp.server.state.channel import Channel
from chatapp.server.state.message_ids import MAX_LISTED
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import message_rows
from chatapp.server.storage.reader import Reader


class Redaction(NamedTuple):
    """A message to delete.

    Args:
        place: Its conversation.
        target: The name that the sender typed.
        reason: May be empty.
    """

    place: Place
    target: str
    msgid: str
    reason: str


def redact(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """REDACT <target> <msgid>{,<msgid>} [:<reason>]: delete messages of yours, or any where you moderate.

    The reason is not sent if a ban or mute keeps the user from speaking in the channel.

    Sends:
        REDACT to the target, and to the sender with echo-message; only to sessions with
        draft/message-redaction.
    Errors:
        FAIL REDACT INVALID_TARGET, TOO_MANY; for each message UNKNOWN_MSGID, REDACT_FORBIDDEN.
    Source:
        IRCv3 message-redaction, with only one message.
    """
    target, msgids = msg.params[0], list(dict.fromkeys(msg.params[1].split(",")))
    reason = "".join(cut(text, world.config.limits.kick) for text in msg.params[2:3])
    place = stored_messages.find_place(world, user, target)
    if place is None:
        raise _invalid_target(target)
    key = stored_messages.key_of(world, user, place)
    if len(msgids) > MAX_LISTED:
        raise FailError("REDACT", "TOO_MANY", "Too many messages at once", target, str(MAX_LISTED))
    find = stored_messages.finder(world, user, target, place)

    def read(reader: Reader) -> dict[str, FoundMessage | None]:
        return {msgid: find(reader, msgid) for msgid in msgids}

    def done(
        world: World, me: Session, user: User, found: dict[str, FoundMessage | None], out: Outbox
    ) -> None:
        if not stored_messages.is_open_to(world, user, place, key):
            raise _invalid_target(target)
        for msgid, message in found.items():
            try:
                _redact_one(world, me, user, Redaction(place, target, msgid, reason), message, out)
            except FailError as refused:
                out.refuse(refused)

    out.run_user_job(read, done)


def _redact_one(
    world: World, me: Session, user: User, redaction: Redaction, message: FoundMessage | None, out: Outbox
) -> None:
    """Delete one message.

    Raises:
        FailError: UNKNOWN_MSGID, REDACT_FORBIDDEN.
    """
    place, target, msgid, reason = redaction
    if message is None or message.authorship.id in world.redacted:
        raise FailError("REDACT", "UNKNOWN_MSGID", "This message does not exist", target, msgid)
    key, found = message
    place = stored_messages.place_of(world, user, place, key)
    is_own = user.is_author(found.author, found.account, found.time)
    if not (is_own or _may_redact(user, place)):
        raise FailError("REDACT", "REDACT_FORBIDDEN", "You may not delete this message", target, msgid)
    if not is_own:
        out.audit("REDACT", target, f"of {found.account or 'a guest'}, {msgid} {reason}")
    world.redacted.append(found.id)
    if found.is_message:
        out.save(message_rows.delete(found.id))
    else:
        out.save(message_rows.delete_event(key, found.time))
    is_silenced = isinstance(place, Channel) and speak_permissions.is_silenced(user, place)
    shown = (reason,) if reason and not is_silenced else ()
    _send_redaction(world, me, user, place, (msgid, *shown), out)


def _invalid_target(target: str) -> FailError:
    return FailError("REDACT", "INVALID_TARGET", "You cannot delete messages there", target)


def _may_redact(user: User, place: Place) -> bool:
    return isinstance(place, Channel) and place.effective_level(user) >= HALFOP


def _send_redaction(
    world: World, me: Session, user: User, place: Place, params: tuple[str, ...], out: Outbox
) -> None:
    """Send the redaction to everybody who got the message."""
    at = stored_messages.stamp(world, place, out)
    message = out.message_from(user, "REDACT", stored_messages.name_of(place), *params, at=at)
    out.send(stored_messages.audience_of(me, user, place), message, None, MESSAGE_REDACTION)
    if me.caps & ECHO_MESSAGE:
        out.send(me.own_audience, message, None, MESSAGE_REDACTION)
