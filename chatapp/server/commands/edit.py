"""EDIT: change the text of a message. History and search have the new text only.

Source: IRCv3 message-edit (pull request 425 of ircv3-specifications).
"""

from __future__ import annotations

from chatapp.protocol import edits, multiline
from chatapp.protocol.capabilities import ECHO_MESSAGE, MESSAGE_EDIT
from chatapp.protocol.edits import InvalidEdit
from chatapp.protocol.message import BODY_BYTES, Message
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.protocol.timestamps import HOUR_MILLISECONDS
from chatapp.server.core import message_log
from chatapp.server.core.incremental import COMMAND_STEPS
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import speak_permissions, stored_messages
from chatapp.server.operations.delivery import variants
from chatapp.server.operations.stored_messages import FoundMessage, Place
from chatapp.server.state import message_ids
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import message_rows
from chatapp.server.storage.message_rows import Authorship

_REPLY_TAGS = ("+reply", "+draft/reply")
FEWEST_BYTES = 50  # of a piece of a long line, however long the name of its sender is


def edit(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """EDIT <target>: change a message of yours.

    The tag draft/target-msgid says which message, draft/edit-text is the new text, which may
    have several lines. What keeps the user from writing to the target, such as a mute or slow mode, also
    keeps the user from editing there. Sessions without draft/message-edit get the new text as a message that
    begins with "(edited)".

    Sends:
        EDIT to the target, and to the sender with echo-message.
    Errors:
        FAIL EDIT INVALID_TARGET, INVALID_EDIT, UNKNOWN_MSGID, EDIT_FORBIDDEN, EDIT_WINDOW_EXPIRED, SLOW_MODE.
    Source:
        IRCv3 message-edit.
    """
    target, msgid = msg.params[0], msg.tags.get(edits.TARGET_MSGID, "")
    if not me.caps & MESSAGE_EDIT:
        raise FailError("EDIT", "EDIT_FORBIDDEN", "Request the capability draft/message-edit first", target)
    if not msgid:
        raise FailError("EDIT", "INVALID_EDIT", f"The tag {edits.TARGET_MSGID} is missing", target)
    try:
        text = edits.checked_text(msg.tags.get(edits.EDIT_TEXT, ""))
    except InvalidEdit as invalid:
        raise FailError("EDIT", "INVALID_EDIT", str(invalid), target, msgid) from None
    place = stored_messages.find_place(world, user, target)
    if place is None:
        raise _invalid_target(target)
    key = stored_messages.key_of(world, user, place)
    find = stored_messages.finder(world, user, target, place)

    def done(world: World, me: Session, user: User, message: FoundMessage | None, out: Outbox) -> None:
        if not stored_messages.is_open_to(world, user, place, key):
            raise _invalid_target(target)
        if message is None or not message.authorship.is_message or message.authorship.id in world.redacted:
            raise FailError("EDIT", "UNKNOWN_MSGID", "This message does not exist", target, msgid)
        found = message.authorship
        if not user.is_author(found.author, found.account, found.time):
            raise _forbidden("You may edit only messages of your own", target, msgid)
        _check_window(world, found, target, msgid, out)
        there = stored_messages.place_of(world, user, place, message.key)
        _check_may_write(user, there, text, target, msgid, out)
        _save_and_send(world, me, user, there, found, text, out)
        user.last_active, me.last_active = out.now, out.clock

    out.run_user_job(lambda reader: find(reader, msgid), done)


def _invalid_target(target: str) -> FailError:
    return FailError("EDIT", "INVALID_TARGET", "You cannot edit messages there", target)


def _forbidden(reason: str, target: str, msgid: str) -> FailError:
    return FailError("EDIT", "EDIT_FORBIDDEN", reason, target, msgid)


def _check_window(world: World, found: Authorship, target: str, msgid: str, out: Outbox) -> None:
    """Check that the message is not too old.

    Raises:
        FailError: EDIT_WINDOW_EXPIRED, with the seconds in which messages can be edited.
    """
    window = world.config.history.edit_hours * HOUR_MILLISECONDS
    if out.now - found.time > window or not window:
        text = "You can no longer edit this message"
        raise FailError("EDIT", "EDIT_WINDOW_EXPIRED", text, target, msgid, str(window // 1000))


def _check_may_write(user: User, place: Place, text: str, target: str, msgid: str, out: Outbox) -> None:
    """Check an edit like a new message.

    Raises:
        FailError: EDIT_FORBIDDEN, SLOW_MODE.
    """
    try:
        if isinstance(place, User):
            speak_permissions.check_may_write_to(user, place)
        elif isinstance(place, Channel):
            speak_permissions.check_may_speak(user, place)
            if speak_permissions.receiving_rank(user, place, ""):
                raise _forbidden("Your messages here go to operators only (+U)", target, msgid)
            speak_permissions.check_message(user, place, Message("EDIT", (place.name, text)), out.now)
    except NumericError as refused:
        if refused.fail:
            raise refused.fail from None
        raise _forbidden(refused.about[-1], target, msgid) from None


def _save_and_send(
    world: World, me: Session, user: User, place: Place, found: Authorship, text: str, out: Outbox
) -> None:
    """Store the new text, and send it to everybody who got the message."""
    name, at = stored_messages.name_of(place), stored_messages.stamp(world, place, out)
    tags = {edits.TARGET_MSGID: message_ids.msgid(found.id), edits.EDIT_TEXT: text}
    message = out.message_from(user, "EDIT", name, tags=tags, at=at)
    stored = multiline.in_pieces(text, _room(user, name))
    more_lines = len(multiline.split_lines(stored)) - 1
    out.work += COMMAND_STEPS * more_lines  # each line costs what a message does
    out.save(message_rows.edit(found.id, stored, at, message_ids.own_id(message.tags["msgid"])))
    message_log.replace_links(user, found.id, stored, out)
    audience = stored_messages.audience_of(me, user, place)
    out.send(audience, message, None, MESSAGE_EDIT)
    shown = _for_others(message, found.command, stored)
    for line, required_caps, excluded_caps in variants(shown):
        out.send(audience, _without_id(line), None, required_caps, excluded_caps | MESSAGE_EDIT)
    if me.caps & ECHO_MESSAGE:
        out.send(me.own_audience, message)


def _room(user: User, name: str) -> int:
    """Return the most bytes of a line of the text, so that it fits into a NOTICE or PRIVMSG with its mark."""
    head = f":{user.source} PRIVMSG {name} :{edits.marked('')}"
    return max(FEWEST_BYTES, BODY_BYTES - len(head.encode()))


def _for_others(message: Message, command: str, text: str) -> Message:
    """Return the message for sessions without draft/message-edit: a reply with the marked text."""
    tags = {
        key: value for key, value in message.tags.items() if key not in (edits.TARGET_MSGID, edits.EDIT_TEXT)
    }
    tags |= dict.fromkeys(_REPLY_TAGS, message.tags[edits.TARGET_MSGID])
    return Message(command, (message.params[0], edits.marked(text)), message.source, tags)


def _without_id(message: Message) -> Message:
    """Return a line without a msgid: it is not stored, so no reply, redaction or edit can refer to it."""
    tags = {key: value for key, value in message.tags.items() if key != "msgid"}
    return Message(message.command, message.params, message.source, tags)
