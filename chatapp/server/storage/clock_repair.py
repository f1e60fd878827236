"""Sets back stored times that lie in the future, because the computer's clock was ahead and is right again.

Each message has a time later than all before it in its channel or conversation. So a single time in the
future would give every later message there a time in the future, for ever. At the start of the server such
times are set to just before now. They keep their order, and stay different within a channel or conversation.
All references to them move along.

Ids do not change, since clients know them. So they are ahead of the times; `message_search` reads this in the
setting `ids ahead`.
"""

from __future__ import annotations

import heapq
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from chatapp.protocol.timestamps import HOUR_MILLISECONDS
from chatapp.server.state import message_ids
from chatapp.server.storage import settings

EARLIEST = 1_767_225_600_000  # 1 January 2026: a clock that shows an earlier time is not set yet

_TARGETS = "SELECT target FROM messages WHERE time > ? UNION SELECT target FROM events WHERE time > ?"
_NEWEST_FIRST = (
    "SELECT time, 0, id FROM messages WHERE target = ? ORDER BY time DESC, id DESC",
    "SELECT time, 1, id FROM events WHERE target = ? ORDER BY time DESC",
)
_SOONER = "CASE until WHEN 0 THEN 0 ELSE max(until - :lead, 1) END"
_OTHER_TIMES = (
    "UPDATE conversations SET last = coalesce("
    " (SELECT max(time) FROM messages WHERE messages.target = conversations.target), :last"
    ") WHERE last > :last",
    "UPDATE markers SET time = :last WHERE time > :last",
    "UPDATE messages SET edited = :last WHERE edited > 0 AND edited > :last",
    # bans and codes from the wrong time last as long as intended
    f"UPDATE bans SET at = min(at - :lead, :last), until = {_SOONER} WHERE at > :last",
    f"UPDATE codes SET at = min(at - :lead, :last), until = {_SOONER} WHERE at > :last",
    "UPDATE audit SET at = min(at - :lead, :last) WHERE at > :last",
    # accounts are older than their messages
    "UPDATE accounts SET created = :first - 1 WHERE created > :last",
    "UPDATE stays SET since = :last WHERE since > :last",
    "UPDATE guests SET since = :last WHERE since > :last",
    "UPDATE channels SET created = :last WHERE created > :last",
    "UPDATE files SET created = min(created - :lead, :last) WHERE created > :last",
    "UPDATE channels SET topic_at = :last / 1000 WHERE topic_at > :last / 1000",
    f"UPDATE channel_lists SET at = :last / 1000, until = {_SOONER} WHERE at > :last / 1000",
)


class _Move(NamedTuple):
    """A message or an event and its new time."""

    old: int
    new: int
    is_event: bool
    id: int


def is_ahead(newest: int, now: int) -> bool:
    """Return whether stored times have to be set back: if they are ahead by more than an hour.

    Args:
        newest: The latest time of a message, an event or a read marker, in milliseconds.
        now: In milliseconds. If it cannot be right, nothing is ahead of it.
    """
    return newest > now + HOUR_MILLISECONDS and now >= EARLIEST


def set_back(connection: sqlite3.Connection, newest: int, now: int) -> None:
    """Set back all times in the future.

    Args:
        connection: Within a transaction.
        newest: See `is_ahead`.
        now: See `is_ahead`.
    """
    last = first = now - 1
    for (target,) in connection.execute(_TARGETS, (last, last)).fetchall():
        moves = list(_moves(connection, target, last))[::-1]
        first = min(first, moves[0].new)
        _move(connection, target, moves)
        _move_markers(connection, target, moves)
    for query in _OTHER_TIMES:
        connection.execute(query, {"last": last, "first": first, "lead": newest - now})
    _store_ids_ahead(connection, now)


def _moves(connection: sqlite3.Connection, target: str, last: int) -> Iterator[_Move]:
    """Yield the moves under one key, the newest message first, to ever earlier times from `last` on."""
    found = [connection.execute(query, (target,)) for query in _NEWEST_FIRST]
    for time, is_event, number in heapq.merge(*found, reverse=True):
        if time <= last:
            return  # so is everything older
        yield _Move(time, last, bool(is_event), number)
        last -= 1


def _move(connection: sqlite3.Connection, target: str, moves: list[_Move]) -> None:
    """Move the oldest first, so that no two events ever have the same time."""
    messages = ((each.new, each.id) for each in moves if not each.is_event)
    connection.executemany("UPDATE messages SET time = ? WHERE id = ?", messages)
    events = ((each.new, target, each.old) for each in moves if each.is_event)
    connection.executemany("UPDATE events SET time = ? WHERE target = ? AND time = ?", events)


def _move_markers(connection: sqlite3.Connection, target: str, moves: list[_Move]) -> None:
    """Move markers so that the same messages count as read as before."""
    moved: list[tuple[int, str, str]] = []
    for owner, time in connection.execute("SELECT owner, time FROM markers WHERE target = ?", (target,)):
        read = bisect_right(moves, time, key=attrgetter("old"))
        new = moves[read - 1].new if read else min(time, moves[0].new - 1)
        moved.append((new, owner, target))
    connection.executemany("UPDATE markers SET time = ? WHERE owner = ? AND target = ?", moved)


def _store_ids_ahead(connection: sqlite3.Connection, now: int) -> None:
    query = "SELECT max(id) FROM (SELECT max(id) AS id FROM messages UNION ALL SELECT max(id) FROM events)"
    highest = message_ids.time_of(connection.execute(query).fetchone()[0] or 0)
    if highest > now:
        statement, values = settings.upsert(settings.IDS_AHEAD, str(highest).encode())
        connection.execute(statement.sql, values)
