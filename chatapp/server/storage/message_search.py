"""Searching in what was said: by the index of words, and by looking at each message where that cannot help.

Several words must all be there; the last may be the beginning of a word. Scripts that put no spaces between
words, and messages so new that the index has not got them, are looked at one by one.

Thread  a worker's: it may take its time, but no more than SECONDS
Source  sqlite.org/fts5.html, soju.im/search
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from chatapp.server.state import message_ids
from chatapp.server.storage import search_index, settings
from chatapp.server.storage.history_pages import fitting
from chatapp.server.storage.message_rows import COLUMNS, StoredMessage, from_columns
from chatapp.server.storage.reader import Reader

SECONDS = 2.0  # for one search
LEAD = 3_600_000  # milliseconds that the time of a message may be ahead of the clock
_STEPS = 20_000  # of SQLite's machine, between two looks at the clock

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese characters."""

_FIRST = "substr(messages.target, 1, instr(messages.target, char(10)) - 1)"
_SECOND = "substr(messages.target, instr(messages.target, char(10)) + 1)"
_DROPPED = "(SELECT target FROM dropped)"
_OF_ACCOUNTS = f"{_FIRST} NOT IN {_DROPPED} AND {_SECOND} NOT IN {_DROPPED}"
"""Not in the conversation of an account that is deleted, of which something may still be kept."""

_LOOKED_UP = ", ".join(f"messages.{column}" for column in COLUMNS.split(", "))


class SearchQuery(NamedTuple):
    """What is looked for.

    Takes  targets: the keys of channels and conversations; identity: whose conversations are all meant too
           text, nick: nothing when any will do; after, before: milliseconds, included; is_from_start: count
           from `after` on, not back from `before`; limit, room: see `pages.Wish`
    """

    targets: tuple[str, ...]
    identity: str
    text: str
    nick: str
    after: int
    before: int
    is_from_start: bool
    limit: int
    room: int


class TookTooLong(Exception):
    """There is more to look at than there is time."""


def find(reader: Reader, query: SearchQuery) -> list[StoredMessage]:
    """What fits, ascending.

    Raises  TookTooLong
    """
    end = time.monotonic() + SECONDS
    with reader.interruptible(lambda: time.monotonic() > end, _STEPS):
        try:
            found = fitting(map(from_columns, _rows(reader, query)), query.room)
        except sqlite3.OperationalError as error:
            if time.monotonic() > end:
                raise TookTooLong from error
            raise
    return sorted(found, key=lambda row: (row.time, row.id))


def _rows(reader: Reader, query: SearchQuery) -> list[tuple[Any, ...]]:
    """From the index if it can help, from the messages themselves if it cannot."""
    try:
        mark = reader.indexed_up_to()
        if mark is not None and all(map(_is_indexed, query.text.split())):
            return _both(reader, query, mark)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise
        reader.report_index(error)
    return _scan(reader, query, 0, query.limit)


def _both(reader: Reader, query: SearchQuery, mark: int) -> list[tuple[Any, ...]]:
    """From the index first and then from what it has not got, or the other way round, as the order asks."""
    found: list[tuple[Any, ...]] = []
    ways = (_look_up, _scan) if query.is_from_start else (_scan, _look_up)
    for way in ways:
        if len(found) < query.limit:
            found += way(reader, query, mark, query.limit - len(found))
    return found


def _scan(reader: Reader, query: SearchQuery, mark: int, limit: int) -> list[tuple[Any, ...]]:
    """Look at each message that is newer than the mark."""
    where, values = _conditions(query)
    for word in query.text.split():
        where += " AND text LIKE ? ESCAPE '\\'"
        values.append("%" + re.sub(r"([\\%_])", r"\\\1", word) + "%")
    if query.nick:
        where += " AND source LIKE ? ESCAPE '\\'"
        values.append(re.sub(r"([\\%_])", r"\\\1", query.nick) + "!%")
    low, high = _span(reader, query)
    return reader.rows(
        f"SELECT {COLUMNS} FROM messages NOT INDEXED WHERE id BETWEEN ? AND ? AND {where}"
        f" ORDER BY id {_order(query)} LIMIT ?",
        (max(low, mark + 1), high, *values, limit),
    ).fetchall()


def _look_up(reader: Reader, query: SearchQuery, mark: int, limit: int) -> list[tuple[Any, ...]]:
    """Ask the index, which knows the ids, and take the messages from where they are kept."""
    where, values = _conditions(query)
    low, high = _span(reader, query)
    return reader.rows(
        f"SELECT {_LOOKED_UP} FROM {search_index.SCHEMA}.words"
        " CROSS JOIN messages ON messages.id = words.rowid"
        f" WHERE words MATCH ? AND words.rowid BETWEEN ? AND ? AND {where}"
        f" ORDER BY words.rowid {_order(query)} LIMIT ?",
        (" AND ".join(_terms(query)), low, min(high, mark), *values, limit),
    ).fetchall()


def _terms(query: SearchQuery) -> Iterator[str]:
    """The query in the language of FTS5."""
    places = [_hex(target) for target in query.targets if "\n" not in target]
    pairs = [" AND ".join(map(_hex, target.split("\n"))) for target in query.targets if "\n" in target]
    places += [f"({pair})" for pair in pairs]
    if query.identity:
        places.append(_hex(query.identity))
    yield f"place : ({' OR '.join(places)})"
    if query.nick:
        yield f"nick : {_quoted(query.nick.encode().lower().hex())}"
    words = " AND ".join(map(_quoted, query.text.split()))
    if words:
        yield f"text : ({words} *)"


def _is_indexed(word: str) -> bool:
    """Whether the index takes this for a word, or several."""
    return any(map(str.isalnum, word)) and not _UNSPACED.search(word)


def _conditions(query: SearchQuery) -> tuple[str, list[Any]]:
    """What every message must fulfil, however it was found."""
    marks = ", ".join("?" * len(query.targets))
    places, values = f"messages.target IN ({marks})", list[Any](query.targets)
    if query.identity:
        places += f" OR ? IN ({_FIRST}, {_SECOND})"
        values.append(query.identity)
    if query.identity or any("\n" in target for target in query.targets):
        places = f"({places}) AND {_OF_ACCOUNTS}"
    return f"({places}) AND time BETWEEN ? AND ?", [*values, query.after, query.before]


def _span(reader: Reader, query: SearchQuery) -> tuple[int, int]:
    """The ids that messages of this time can have."""
    low, high = message_ids.first_id(query.after - LEAD), message_ids.first_id(query.before + 1)
    ahead = settings.read(reader, settings.IDS_AHEAD)
    if ahead and query.before <= int(ahead) + LEAD:
        high = message_ids.MAX_ID
    return min(max(0, low), message_ids.MAX_ID), min(max(0, high), message_ids.MAX_ID)


def _order(query: SearchQuery) -> str:
    return "ASC" if query.is_from_start else "DESC"


def _hex(text: str) -> str:
    return _quoted(text.encode().hex())


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
