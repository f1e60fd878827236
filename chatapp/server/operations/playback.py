"""Sends stored messages and events to a session, in the form that its capabilities allow.

Source: IRCv3 chathistory, event-playback, multiline.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from chatapp.protocol import edits, multiline
from chatapp.protocol.capabilities import EVENT_PLAYBACK, EXTENDED_JOIN, MESSAGE_EDIT, MESSAGE_TAGS
from chatapp.protocol.message import Message
from chatapp.protocol.timestamps import iso
from chatapp.server.core.outbox import Outbox
from chatapp.server.state import message_ids
from chatapp.server.state.session import MULTILINE_BATCH, Session
from chatapp.server.state.user import User
from chatapp.server.storage.history_pages import Content
from chatapp.server.storage.message_rows import StoredMessage

_TEXT_COMMANDS = ("PRIVMSG", "NOTICE")


def readable_kinds(me: Session) -> Content:
    """Return which kinds of stored entries a session can read."""
    if not me.caps & EVENT_PLAYBACK:
        return "messages"
    return "messages, events and tags" if me.caps & MESSAGE_TAGS else "messages and events"


def reads_edits(me: Session) -> bool:
    """Return whether a session can read edits as events of their own, besides the edited messages."""
    return me.caps & (EVENT_PLAYBACK | MESSAGE_EDIT) == EVENT_PLAYBACK | MESSAGE_EDIT


def may_read(user: User, key: str) -> bool:
    """Return whether a user may read what is stored under a key, at this moment.

    Args:
        key: The key of a channel or conversation, see `storage.message_rows`.
    """
    if "\n" in key:
        return user.identity in key.split("\n")
    return any(channel.key == key for channel in user.channels)


def send_stored(rows: Iterable[StoredMessage], target: str, out: Outbox) -> None:
    """Send stored messages and events to the session that asked, without those its user may not read now.

    Args:
        target: The present name of the channel, which becomes the target of its messages.
    """
    user = out.me.user
    for key, found in groupby(rows, attrgetter("target")):
        if user and may_read(user, key):
            _send_rows(found, target, out)


def _send_rows(rows: Iterable[StoredMessage], target: str, out: Outbox) -> None:
    for is_simple, group in groupby(rows, _is_simple):
        if is_simple:
            out.reply_page(list(group), target)
        else:
            for row in group:
                _send_row(row, target, out)


def _is_simple(row: StoredMessage) -> bool:
    return row.command in _TEXT_COMMANDS and not row.edited and not multiline.is_multiline(row.text)


def _send_row(row: StoredMessage, target: str, out: Outbox) -> None:
    message = _message(row, target, out.me)
    if row.command in _TEXT_COMMANDS and multiline.is_multiline(row.text):
        to_messages = multiline.to_batch if out.me.caps & MULTILINE_BATCH else multiline.to_lines
        for line in to_messages(message):
            out.reply_with(line)
    else:
        out.reply_with(message)


def _message(row: StoredMessage, target: str, me: Session) -> Message:
    tags = {"time": iso(row.time), "msgid": message_ids.msgid(row.id)}
    if row.account:
        tags["account"] = row.account
    if row.command == "EDIT":
        edited, _, text = row.text.partition("\n")
        tags |= {edits.TARGET_MSGID: message_ids.msgid(int(edited)), edits.EDIT_TEXT: edits.whole(text)}
    elif row.edited:
        tags[edits.EDITED] = iso(row.edited)
    return Message(row.command, _params(row, target, me), row.source, {**tags, **row.tags})


def _params(row: StoredMessage, target: str, me: Session) -> tuple[str, ...]:
    """Return the parameters of a stored message. The text of an event has one per line, see `message_log`."""
    fields = row.text.split("\n")
    match row.command:
        case "PRIVMSG" | "NOTICE":
            text = edits.marked(row.text) if row.edited and not me.caps & MESSAGE_EDIT else row.text
            return (row.recipient or target, text)
        case "EDIT":
            return (row.recipient or target,)
        case "TAGMSG":
            return (row.text or target,)
        case "QUIT" | "NICK":
            return tuple(fields)
        case "JOIN" if not me.caps & EXTENDED_JOIN:
            return (target,)
        case "PART" if not row.text:
            return (target,)
    return (target, *fields)
