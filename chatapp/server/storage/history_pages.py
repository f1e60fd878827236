"""Reads pages of the history.

Bounds are exclusive, times are in milliseconds, and every page ascends.

Messages and events have tables of their own, so that a query for messages does not read a thousand joins. A
page of both is merged by time.

A guest has a new identity after each connection, so the conversations with the guests of one nick have a key
each. Their partner reads all of them as one conversation; each guest reads only its own.

Thread: a worker's, because queries may be slow.
Source: IRCv3 chathistory
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import merge
from itertools import islice, product
from operator import attrgetter
from typing import Literal, NamedTuple

from chatapp.protocol import names
from chatapp.server.state.accounts import name_of_identity
from chatapp.server.state.message_ids import time_of
from chatapp.server.storage.message_rows import COLUMNS, StoredMessage, from_columns
from chatapp.server.storage.statements import Queryable, SqlValue

FOREVER = 1 << 62
"""A time later than any other."""

Content = Literal["messages", "messages and events", "messages, events and tags"]
"""The content of a page: PRIVMSG and NOTICE; with JOIN, TOPIC and other events; with TAGMSG too."""

_WITHIN = "target = :target AND time > :after AND time < :before"
_MESSAGES = f"SELECT {COLUMNS} FROM messages WHERE {_WITHIN}"
_ALL = (
    f"{_MESSAGES} UNION ALL SELECT id, target, '', time, command, source, account, text, tags, 0 FROM events"
    f" WHERE {_WITHIN}"
)
_SELECTS: dict[Content, str] = {
    "messages": _MESSAGES,
    "messages and events": f"{_ALL} AND command != 'TAGMSG'",
    "messages, events and tags": _ALL,
}
_EDITS = (
    " UNION ALL SELECT edit, target, recipient, edited, 'EDIT', source, account, id || char(10) || text,"
    " '', 0 FROM messages WHERE target = :target AND edited > 0 AND edited > :after AND edited < :before"
)
"""The last edit of each message, as an event of its own. `edited > 0` lets SQLite use the index of edits."""

_IS_NOT_DELETED = "partner NOT IN (SELECT target FROM dropped)"
_OVERHEAD_BYTES = 300  # of a sent message, besides text and tags
_LINE_BYTES = 100  # overhead of each further line of a message


_TIMES_OF_ID = (
    "SELECT time FROM messages WHERE id = ? AND target = ?",
    "SELECT time FROM events WHERE id = ? AND target = ?",
    "SELECT edited FROM messages WHERE edit = ? AND target = ? AND edited > 0",
)


class PageQuery(NamedTuple):
    """A request for a page.

    Args:
        targets: The keys of the channel or conversation.
        limit: The greatest number of messages.
        max_bytes: Approximately the most bytes of the page on the connection.
        with_edits: Whether the page contains edits too, at the time of the edit.
    """

    targets: tuple[str, ...]
    content: Content
    limit: int
    max_bytes: int
    with_edits: bool = False


class DirectPartner(NamedTuple):
    """The partner of a conversation; `time` is that of its newest message, in milliseconds."""

    identity: str
    nick: str
    time: int


def between(
    database: Queryable, query: PageQuery, after: int, before: int, newest: bool
) -> list[StoredMessage]:
    """Read the messages between two times.

    Args:
        newest: Whether to take the newest or the oldest messages if not all fit.
    """
    order = "DESC" if newest else "ASC"
    select = _SELECTS[query.content] + _EDITS * query.with_edits
    sql = f"{select} ORDER BY time {order} LIMIT :limit"
    values: dict[str, SqlValue] = {"after": after, "before": before, "limit": query.limit}
    pages = (map(from_columns, database.rows(sql, {**values, "target": key})) for key in query.targets)
    rows = islice(merge(*pages, key=attrgetter("time"), reverse=newest), query.limit)
    found = first_within(rows, query.max_bytes)
    return found[::-1] if newest else found


def around(database: Queryable, query: PageQuery, time: int) -> list[StoredMessage]:
    """Read the messages around a time: as many before as after it, if there are enough."""
    query = query._replace(max_bytes=query.max_bytes // 2)
    later = between(database, query, time - 1, FOREVER, newest=False)
    earlier = between(database, query, -1, time, newest=True)
    count = max(query.limit // 2, query.limit - len(later))
    shown = earlier[-count:] if count else []
    return shown + later[: query.limit - len(shown)]


def time_of_id(database: Queryable, targets: Iterable[str], message_id: int) -> int:
    """Return the time of a message, event or edit; if it is deleted, about when it was sent."""
    for target, query in product(targets, _TIMES_OF_ID):
        row = database.rows(query, (message_id, target)).fetchone()
        if row:
            return int(row[0])
    return time_of(message_id)


def keys_of_conversation(
    database: Queryable, owner: str, name: str, present: str, is_online: bool, message_ids: Iterable[int] = ()
) -> tuple[str, ...]:
    """Return the keys of a conversation: with the user who has a nick, and with earlier guests of that nick.

    Args:
        owner: The identity of the reader. Only its own conversations are returned.
        name: The nick or the account of the partner, or the last nick of the partner in the conversation.
        present: The key of the conversation with the user or the account of that name.
        is_online: Whether a user has this nick now.
        message_ids: Messages of the conversation: the partner may have had the name only in these.
    """
    folded = names.fold(name)
    keys, last_account = [present], ""
    for partner, target, nick in database.rows(
        "SELECT partner, target, nick FROM conversations"
        f" WHERE owner = ? AND {_IS_NOT_DELETED} ORDER BY last",
        (owner,),
    ):
        if name_of_identity(partner) == folded:
            keys.append(target)
            is_online = True
        elif names.fold(nick) == folded:
            if name_of_identity(partner):
                last_account = target
            else:
                keys.append(target)
    if last_account and not is_online:
        keys.append(last_account)
    keys += (key for each in message_ids if (key := _key_of_message(database, owner, folded, each)))
    return tuple(dict.fromkeys(keys))


def _key_of_message(database: Queryable, owner: str, folded: str, message_id: int) -> str:
    """Return the key of the conversation of a message whose sender or recipient had this name; else ""."""
    query = "SELECT target, source, recipient FROM messages WHERE id = ?"
    for target, source, recipient in database.rows(query, (message_id,)):
        is_named = folded in (names.fold(source.partition("!")[0]), names.fold(recipient))
        of_owner = "SELECT 1 FROM conversations WHERE owner = ? AND target = ?"
        values = (owner, target)
        if is_named and database.rows(f"{of_owner} AND {_IS_NOT_DELETED}", values).fetchone():
            return str(target)
    return ""


def newest_message_time(database: Queryable, target: str) -> int | None:
    """Return the time of the newest message under a key; None without messages."""
    row = database.rows("SELECT max(time) FROM messages WHERE target = ?", (target,)).fetchone()
    return row[0] if row else None


def partners(database: Queryable, owner: str) -> list[DirectPartner]:
    """Return the partners with whom an identity has stored messages."""
    rows = database.rows(
        "SELECT partner, nick, (SELECT max(time) FROM messages WHERE messages.target = conversations.target)"
        f" FROM conversations WHERE owner = ? AND {_IS_NOT_DELETED}",
        (owner,),
    )
    return [DirectPartner(identity, nick, time) for identity, nick, time in rows if time is not None]


def first_within(messages: Iterable[StoredMessage], max_bytes: int) -> list[StoredMessage]:
    """Return as many of the first messages as fit into this many bytes, but at least one."""
    fitting: list[StoredMessage] = []
    for message in messages:
        max_bytes -= _OVERHEAD_BYTES + len(message.text.encode()) + message.text.count("\n") * _LINE_BYTES
        max_bytes -= sum(len(key) + len(value.encode()) for key, value in message.tags.items())
        if max_bytes < 0 and fitting:
            break
        fitting.append(message)
    return fitting
