"""Pages of what was said and done, read from the database.

    bounds are exclusive, times are milliseconds, and every page ascends

Messages and events are in tables of their own, so that who wants words alone need not pass over a thousand
joins; who wants both gets them merged by time.

Thread  a worker's: it may take its time
Source  IRCv3 chathistory
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from chatapp.protocol import names
from chatapp.server.state.accounts import name_of_identity
from chatapp.server.state.message_ids import time_of
from chatapp.server.storage.message_rows import COLUMNS, StoredMessage, from_columns
from chatapp.server.storage.statements import Queryable, SqlValue

FOREVER = 1 << 62  # later than any time

Kinds = Literal["words", "events", "events and tags"]
"""What is read: messages alone, or what else happened too, or also tags that were sent without words."""

_WITHIN = "target = :target AND time > :after AND time < :before"
_WORDS = f"SELECT {COLUMNS} FROM messages WHERE {_WITHIN}"
_ALL = (
    f"{_WORDS} UNION ALL SELECT id, target, '', time, command, source, account, text, tags FROM events"
    f" WHERE {_WITHIN}"
)
_SELECTS: dict[Kinds, str] = {
    "words": _WORDS,
    "events": f"{_ALL} AND command != 'TAGMSG'",
    "events and tags": _ALL,
}
_IS_THERE = "partner NOT IN (SELECT target FROM dropped)"  # no account that is deleted
_ROW_BYTES = 300  # of a line on the wire, besides text and tags
_LINE_BYTES = 100  # of each further line of a message


class PageQuery(NamedTuple):
    """What somebody wants to read.

    Takes  target: the key; limit: how many at most; room: bytes that all of them may take on the wire
    """

    target: str
    kinds: Kinds
    limit: int
    room: int


class DirectPartner(NamedTuple):
    """A conversation of two: `identity` and `nick` of the other, `time` of the newest message."""

    identity: str
    nick: str
    time: int


def between(
    database: Queryable, wish: PageQuery, after: int, before: int, newest: bool
) -> list[StoredMessage]:
    """What lies between two times. Takes  newest: which end of it to take when there is more"""
    order = "DESC" if newest else "ASC"
    query = f"{_SELECTS[wish.kinds]} ORDER BY time {order} LIMIT :limit"
    values: dict[str, SqlValue] = {
        "target": wish.target,
        "after": after,
        "before": before,
        "limit": wish.limit,
    }
    found = fitting(map(from_columns, database.rows(query, values)), wish.room)
    return found[::-1] if newest else found


def around(database: Queryable, wish: PageQuery, time: int) -> list[StoredMessage]:
    """What is near a time: what was said just then, and as much before as after it where there is enough."""
    wish = wish._replace(room=wish.room // 2)
    later = between(database, wish, time - 1, FOREVER, newest=False)
    earlier = between(database, wish, -1, time, newest=True)
    count = max(wish.limit // 2, wish.limit - len(later))
    kept = earlier[-count:] if count else []
    return kept + later[: wish.limit - len(kept)]


def time_of_id(database: Queryable, target: str, number: int) -> int:
    """When the message or event with this id was. Of one that is gone, about when it was."""
    values = (number, target)
    for table in ("messages", "events"):
        row = database.rows(f"SELECT time FROM {table} WHERE id = ? AND target = ?", values).fetchone()
        if row:
            return int(row[0])
    return time_of(number)


def key_of_conversation(database: Queryable, owner: str, name: str) -> str | None:
    """The key of a conversation with somebody who is not here.

    Takes  owner: an identity; name: an account, or the nick that somebody had at the end of it
    """
    folded = names.fold(name)
    found = None
    for partner, target, nick in database.rows(
        f"SELECT partner, target, nick FROM conversations WHERE owner = ? AND {_IS_THERE} ORDER BY last",
        (owner,),
    ):
        if name_of_identity(partner) == folded:
            return str(target)
        if names.fold(nick) == folded:
            found = target
    return found


def newest_message(database: Queryable, target: str) -> int | None:
    """The time of the newest message under a key."""
    row = database.rows("SELECT max(time) FROM messages WHERE target = ?", (target,)).fetchone()
    return row[0] if row else None


def partners(database: Queryable, owner: str) -> list[DirectPartner]:
    """With whom somebody is in conversation, as far as anything of it is kept."""
    rows = database.rows(
        "SELECT partner, nick, (SELECT max(time) FROM messages WHERE messages.target = conversations.target)"
        f" FROM conversations WHERE owner = ? AND {_IS_THERE}",
        (owner,),
    )
    return [DirectPartner(identity, nick, time) for identity, nick, time in rows if time is not None]


def fitting(rows: Iterable[StoredMessage], room: int) -> list[StoredMessage]:
    """As many of the first as there is room for, but one at least."""
    fitting: list[StoredMessage] = []
    for row in rows:
        room -= _ROW_BYTES + len(row.text.encode()) + row.text.count("\n") * _LINE_BYTES
        room -= sum(len(key) + len(value.encode()) for key, value in row.tags.items())
        if room < 0 and fitting:
            break
        fitting.append(row)
    return fitting
