"""Messages, channel events, conversations and undelivered direct messages.

Messages (PRIVMSG, NOTICE) and events (JOIN, TOPIC, TAGMSG, …) have a table each. The `target` of both is a
key: `#12` for channel number 12, or the two identities of a conversation with a line feed between.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from chatapp.server.storage.statements import Queryable, Save, Statement, number

COLUMNS = "id, target, recipient, time, command, source, account, text, tags, edited"
"""Columns of `messages`, in the order of StoredMessage."""

_INSERT = Statement(
    "store a message",
    "INSERT INTO messages (id, target, recipient, time, command, source, account, author, text, tags)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    stores="message",
)
# one statement for a burst costs half as much as one per message, and lets other threads run meanwhile; for a
# single message the plain INSERT costs less
_INSERT_BURST = Statement(
    "store a burst of messages",
    "INSERT INTO messages (id, target, recipient, time, command, source, account, author, text, tags)"
    " SELECT ? + key, ?, '', ? + key, 'PRIVMSG', ?, ?, ?, value, '' FROM json_each(?)",
    stores="message",
)
_EVENT_SQL = (
    "INSERT OR IGNORE INTO events (target, time, id, command, source, account, author, text, tags)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_EVENT = Statement("store an event", _EVENT_SQL, stores="record")
_INSERT_TAGS = Statement("store sent tags", _EVENT_SQL, stores="message")
_UPSERT_CONVERSATION = Statement(
    "store a conversation",
    "INSERT INTO conversations (owner, partner, target, nick, last) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (owner, partner) DO UPDATE SET nick = excluded.nick, last = excluded.last",
    stores="message",
)
_INSERT_UNDELIVERED = Statement(
    "store that a message waits",
    "INSERT OR IGNORE INTO waiting (owner, message) VALUES (?, ?)",
    stores="message",
)
_DELETE_UNDELIVERED = Statement(
    "delete delivered messages", "DELETE FROM waiting WHERE owner = ? AND message <= ?", stores="record"
)
_EDIT = Statement("edit a message", "UPDATE messages SET text = ?, edited = ?, edit = ? WHERE id = ?")
_DELETE = Statement("redact a message", "DELETE FROM messages WHERE id = ?")
_DELETE_EVENT = Statement("redact an event", "DELETE FROM events WHERE target = ? AND time = ?")


class StoredMessage(NamedTuple):
    """A message or an event from the database.

    Args:
        target: See the module.
        recipient: For a direct message, the name that the sender wrote to. Else empty.
        time: Milliseconds.
        source: `nick!user@host`.
        account: The account of the sender; empty for a guest.
        text: The text of a message; the parameters of an event, one per line. Of an EDIT: the id of the
            message, and its new text.
        tags: The client-only tags.
        edited: When a message was last edited, in milliseconds; 0 for never.
    """

    id: int
    target: str
    recipient: str
    time: int
    command: str
    source: str
    account: str
    text: str
    tags: dict[str, str]
    edited: int = 0


class Authorship(NamedTuple):
    """Who sent a stored message, see `User.is_author`; `account` is the name at that time."""

    id: int
    time: int
    author: int
    account: str
    command: str
    is_message: bool


def from_columns(columns: Iterable[Any]) -> StoredMessage:
    """Return a row that a query for COLUMNS has found."""
    *others, tags, edited = columns
    return StoredMessage._make([*others, json.loads(tags) if tags else {}, edited])


def newest_id(database: Queryable) -> int:
    """Return the highest id of a message or an event, 0 when there is none."""
    return max(number(database, f"SELECT max(id) FROM {table}") for table in ("messages", "events"))


def last_direct_time(database: Queryable) -> int:
    """Return the time of the newest direct message, 0 when there is none."""
    return number(database, "SELECT max(last) FROM conversations")


def undelivered(database: Queryable, owner: str, limit: int) -> list[StoredMessage]:
    """Return the newest direct messages that wait for an account, newest first.

    Args:
        owner: The identity of the account.
    """
    rows = database.rows(
        f"SELECT {COLUMNS} FROM messages WHERE id IN (SELECT message FROM waiting WHERE owner = ?)"
        " ORDER BY id DESC LIMIT ?",
        (owner, limit),
    )
    return [from_columns(row) for row in rows]


def authorship(database: Queryable, target: str, message_id: int) -> Authorship | None:
    """Return who sent a message, or tags without text; None when nothing with this id is stored there."""
    for table, is_message in (("messages", True), ("events", False)):
        row = database.rows(
            f"SELECT id, time, author, account, command FROM {table} WHERE id = ? AND target = ?"
            " AND command IN ('PRIVMSG', 'NOTICE', 'TAGMSG')",
            (message_id, target),
        ).fetchone()
        if row:
            return Authorship._make((*row, is_message))
    return None


def insert(message: StoredMessage, author: int) -> Save:
    """Store a PRIVMSG or NOTICE.

    Args:
        author: See `User.author`.
    """
    return Save(
        _INSERT,
        (
            message.id, message.target, message.recipient, message.time, message.command, message.source,
            message.account, author, message.text, _json(message.tags),
        ),
    )  # fmt: skip


def insert_burst(
    first_id: int, target: str, first_time: int, source: str, account: str, author: int, texts: Sequence[str]
) -> Save:
    """Store PRIVMSGs of one sender to one channel, at least one; their ids and times go up by one."""
    if len(texts) == 1:
        values = (first_id, target, "", first_time, "PRIVMSG", source, account, author, texts[0], "")
        return Save(_INSERT, values)
    return Save(_INSERT_BURST, (first_id, target, first_time, source, account, author, json.dumps(texts)))


def insert_event(event: StoredMessage, author: int) -> Save:
    """Store an event of a channel or conversation, such as JOIN or TAGMSG, without its recipient."""
    statement = _INSERT_TAGS if event.command == "TAGMSG" else _INSERT_EVENT
    return Save(
        statement,
        (
            event.target, event.time, event.id, event.command, event.source, event.account, author,
            event.text, _json(event.tags),
        ),
    )  # fmt: skip


def upsert_conversation(owner: str, partner: str, target: str, nick: str, time: int) -> Save:
    """Store that two identities have a conversation, as the first of them sees it.

    Args:
        nick: The nick of the partner.
        time: The time of the newest message, in milliseconds.
    """
    return Save(_UPSERT_CONVERSATION, (owner, partner, target, nick, time))


def insert_undelivered(owner: str, message_id: int) -> Save:
    """Store that a direct message waits for an account without a session. `owner` is its identity."""
    return Save(_INSERT_UNDELIVERED, (owner, message_id))


def delete_undelivered(owner: str, last_id: int) -> Save:
    """Mark the messages up to this id as delivered; they stay in the history."""
    return Save(_DELETE_UNDELIVERED, (owner, last_id))


def edit(message_id: int, text: str, time: int, edit_id: int) -> Save:
    """Replace the text of a message. The old text is kept nowhere.

    Args:
        time: When it is edited, in milliseconds.
        edit_id: The id of the EDIT.
    """
    return Save(_EDIT, (text, time, edit_id, message_id))


def delete(message_id: int) -> Save:
    """Delete a message from the history."""
    return Save(_DELETE, (message_id,))


def delete_event(target: str, time: int) -> Save:
    """Delete an event from the history."""
    return Save(_DELETE_EVENT, (target, time))


def _json(tags: Mapping[str, str]) -> str:
    return json.dumps(tags) if tags else ""
