"""REDACT: delete a message. It disappears from history and search.

Source: IRCv3 message-redaction.
"""

from __future__ import annotations

from chatapp.protocol.capabilities import ECHO_MESSAGE, MESSAGE_REDACTION
from chatapp.protocol.message import Message, cut
from chatapp.protocol.modes import HALFOP
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import speak_permissions, stored_messages
from chatapp.server.operations.stored_messages import Place
from chatapp.server.state import message_ids
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
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
    place = stored_messages.find_place(world, user, target)
    if place is None:
        raise _invalid_target(target)
    key = stored_messages.key_of(world, user, place)
    number = message_ids.parse_msgid(msgid)

    def done(world: World, me: Session, user: User, found: Authorship | None, out: Outbox) -> None:
        if not stored_messages.is_open_to(world, user, place, key):
            raise _invalid_target(target)
        if found is None:
            raise FailError("REDACT", "UNKNOWN_MSGID", "This message does not exist", target, msgid)
        is_own = user.is_author(found.author, found.account, found.time)
        if not (is_own or _may_redact(user, place)):
            raise FailError("REDACT", "REDACT_FORBIDDEN", "You may not delete this message", target, msgid)
        if not is_own:
            out.audit("REDACT", target, f"of {found.account or 'a guest'}, {msgid} {''.join(reason)}")
        if found.is_message:
            world.redacted.append(found.id)
            out.save(message_rows.delete(found.id))
        else:
            out.save(message_rows.delete_event(key, found.time))
        is_silenced = isinstance(place, Channel) and speak_permissions.is_silenced(user, place)
        _send_redaction(world, me, user, place, (msgid, *(() if is_silenced else reason)), out)

    out.run_user_job(
        lambda reader: None if number is None else message_rows.authorship(reader, key, number), done
    )


def _invalid_target(target: str) -> FailError:
    return FailError("REDACT", "INVALID_TARGET", "You cannot delete messages there", target)


def _may_redact(user: User, place: Place) -> bool:
    return isinstance(place, Channel) and place.effective_level(user) >= HALFOP


def _send_redaction(
    world: World, me: Session, user: User, place: Place, params: tuple[str, ...], out: Outbox
) -> None:
    """Send the redaction to everyone who got the message."""
    at = stored_messages.stamp(world, place, out)
    message = out.message_from(user, "REDACT", stored_messages.name_of(place), *params, at=at)
    out.send(stored_messages.audience_of(me, user, place), message, None, MESSAGE_REDACTION)
    if me.caps & ECHO_MESSAGE:
        out.send(me.own_audience, message, None, MESSAGE_REDACTION)
