"""Searches messages: in the search index, and by scanning the messages where the index cannot help.

A message must contain all words; the last may be the beginning of a word. Words of scripts without spaces,
and messages that are not indexed yet, are found by a scan.

Thread: a worker's; it takes at most SECONDS.
Source: sqlite.org/fts5.html, soju.im/search
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from chatapp.server.state import message_ids
from chatapp.server.storage import search_index, settings, spelling
from chatapp.server.storage.history_pages import first_within
from chatapp.server.storage.message_rows import COLUMNS, StoredMessage, from_columns
from chatapp.server.storage.reader import Reader

SECONDS = 2.0  # the most that one search may take
SUGGESTION_SECONDS = 0.5  # the most that the search for a better spelling may take
MAX_SUGGESTIONS = 5  # words that are tried
COUNTED = 100  # the most messages that are counted for a suggestion
MAX_LEAD = 3_600_000  # milliseconds: the most that the time of a message may be ahead of its id
_STEPS = 20_000  # instructions of SQLite's virtual machine between two checks of the time

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese characters."""

_FIRST = "substr(messages.target, 1, instr(messages.target, char(10)) - 1)"
_SECOND = "substr(messages.target, instr(messages.target, char(10)) + 1)"
_DROPPED = "(SELECT target FROM dropped)"
_IS_NOT_DELETED = f"{_FIRST} NOT IN {_DROPPED} AND {_SECOND} NOT IN {_DROPPED}"
"""Excludes conversations with a deleted account, whose messages may still be stored."""

_IS_EDITED_LATELY = "messages.edited > 0 AND messages.id IN (SELECT id FROM gone)"
"""Whether a message was edited a moment ago, so that the index still has its old words."""

_MESSAGE_COLUMNS = ", ".join(f"messages.{column}" for column in COLUMNS.split(", "))


class SearchQuery(NamedTuple):
    """A search.

    Args:
        targets: The keys of channels and conversations.
        identity: The identity whose conversations are all searched too; empty for none.
        text: The words; empty for any text.
        nick: The nick of the sender; empty for any.
        after, before: Milliseconds, inclusive.
        oldest_first: Whether `limit` counts from `after` on, or back from `before`.
        limit, max_bytes: See `history_pages.PageQuery`.
        has: What a message must contain, see `message_contents.PATTERNS`; empty for anything.
    """

    targets: tuple[str, ...]
    identity: str
    text: str
    nick: str
    after: int
    before: int
    oldest_first: bool
    limit: int
    max_bytes: int
    has: str = ""


class Suggestion(NamedTuple):
    """A word to search for instead of one without a match, and how many messages have it, up to a limit."""

    word: str
    better: str
    messages: int


class SearchTimeout(Exception):
    """The search did not end within SECONDS."""


def find(reader: Reader, query: SearchQuery) -> list[StoredMessage]:
    """Return the messages that match, ascending.

    Raises:
        SearchTimeout: It took too long.
        sqlite3.Error: The database cannot be read.
    """
    end = time.monotonic() + SECONDS
    with reader.interruptible(lambda: time.monotonic() > end, _STEPS):
        try:
            found = first_within(map(from_columns, _rows(reader, query)), query.max_bytes)
        except sqlite3.OperationalError as error:
            if time.monotonic() > end:
                raise SearchTimeout from error
            raise
    return sorted(found, key=lambda row: (row.time, row.id))


def suggest(reader: Reader, query: SearchQuery) -> Suggestion | None:
    """Return a better spelling of a word for a search without a match.

    The same user can find what is suggested with the same search: words of other conversations are not shown.
    """
    end = time.monotonic() + SUGGESTION_SECONDS
    words = query.text.split()
    with reader.interruptible(lambda: time.monotonic() > end, _STEPS):
        try:
            if reader.indexed_up_to() is None:
                return None
            for place, word in enumerate(words):
                plain = spelling.normalized(word)
                for better in spelling.nearest(plain, _vocabulary(reader, plain), MAX_SUGGESTIONS):
                    text = " ".join([*words[:place], better, *words[place + 1 :]])
                    found = _rows(reader, query._replace(text=text, limit=COUNTED))
                    if found:
                        return Suggestion(word, better, len(found))
        except sqlite3.DatabaseError as error:
            reader.report_index(error)
    return None


def _vocabulary(reader: Reader, plain: str) -> Iterator[tuple[str, int]]:
    """Yield the words of the index that could be meant, with the number of messages that have them.

    One of the first two letters is assumed to be right: so only a part of the words is read.
    """
    most = spelling.most_mistakes(plain)
    for letter in dict.fromkeys(plain[:2]):
        yield from reader.rows(
            f"SELECT term, doc FROM {search_index.SCHEMA}.vocabulary WHERE term >= ? AND term < ?"
            " AND col = 'text' AND length(term) BETWEEN ? AND ?",
            (letter, chr(ord(letter) + 1), len(plain) - most, len(plain) + most),
        )


def _rows(reader: Reader, query: SearchQuery) -> list[tuple[Any, ...]]:
    """Use the index if it can help; otherwise scan all messages."""
    try:
        last_indexed = reader.indexed_up_to()
        if last_indexed is not None and all(map(_is_indexed, query.text.split())):
            return _look_up_and_scan(reader, query, last_indexed)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise
        reader.report_index(error)
    return _scan(reader, query, 0, query.limit)


def _look_up_and_scan(reader: Reader, query: SearchQuery, last_indexed: int) -> list[tuple[Any, ...]]:
    """Use the index and scan newer messages, in the order of the query."""
    found: list[tuple[Any, ...]] = []
    sources = (_look_up_and_edited, _scan) if query.oldest_first else (_scan, _look_up_and_edited)
    for source in sources:
        if len(found) < query.limit:
            found += source(reader, query, last_indexed, query.limit - len(found))
    return found


def _scan(reader: Reader, query: SearchQuery, last_indexed: int, limit: int) -> list[tuple[Any, ...]]:
    """Scan the messages that are newer than the last indexed one."""
    low, high = _span(reader, query)
    return _scan_some(reader, query, "id > ? AND id <= ?", (max(low - 1, last_indexed), high), limit)


def _look_up_and_edited(
    reader: Reader, query: SearchQuery, last_indexed: int, limit: int
) -> list[tuple[Any, ...]]:
    """Use the index, and scan messages that were edited a moment ago: it does not have their new words."""
    found = _look_up(reader, query, last_indexed, limit)
    low, high = _span(reader, query)
    span = (low, min(high, last_indexed))
    edited = _scan_some(reader, query, f"id BETWEEN ? AND ? AND {_IS_EDITED_LATELY}", span, limit)
    if not edited:
        return found
    return sorted(found + edited, key=itemgetter(0), reverse=not query.oldest_first)[:limit]


def _scan_some(
    reader: Reader, query: SearchQuery, condition: str, span: tuple[int, int], limit: int
) -> list[tuple[Any, ...]]:
    """Scan the messages for which a condition with the bounds of their ids is true.

    It has to have one lower bound only: of two, SQLite uses one, and may read all messages above the lower.
    """
    where, values = _conditions(query)
    for word in query.text.split():
        where += " AND text LIKE ? ESCAPE '\\'"
        values.append("%" + re.sub(r"([\\%_])", r"\\\1", word) + "%")
    if query.nick:
        where += " AND source LIKE ? ESCAPE '\\'"
        values.append(re.sub(r"([\\%_])", r"\\\1", query.nick) + "!%")
    return reader.rows(
        f"SELECT {COLUMNS} FROM messages NOT INDEXED WHERE {condition} AND {where}"
        f" ORDER BY id {_order(query)} LIMIT ?",
        (*span, *values, limit),
    ).fetchall()


def _look_up(reader: Reader, query: SearchQuery, last_indexed: int, limit: int) -> list[tuple[Any, ...]]:
    """Find ids in the index, and their messages in the database."""
    where, values = _conditions(query)
    low, high = _span(reader, query)
    return reader.rows(
        f"SELECT {_MESSAGE_COLUMNS} FROM {search_index.SCHEMA}.words"
        " CROSS JOIN messages ON messages.id = words.rowid"
        f" WHERE words MATCH ? AND words.rowid BETWEEN ? AND ? AND {where} AND NOT ({_IS_EDITED_LATELY})"
        f" ORDER BY words.rowid {_order(query)} LIMIT ?",
        (" AND ".join(_terms(query)), low, min(high, last_indexed), *values, limit),
    ).fetchall()


def _terms(query: SearchQuery) -> Iterator[str]:
    """Yield the parts of the query in the syntax of FTS5."""
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
    if query.has:
        yield 'text : ("http" OR "https")'


def _is_indexed(word: str) -> bool:
    """Return whether the index can find a word: it has letters or digits, of a script with spaces."""
    return any(map(str.isalnum, word)) and not _UNSPACED.search(word)


def _conditions(query: SearchQuery) -> tuple[str, list[Any]]:
    """Return a condition on every message, and its values."""
    marks = ", ".join("?" * len(query.targets))
    places, values = f"messages.target IN ({marks})", list[Any](query.targets)
    if query.identity:
        places += f" OR ? IN ({_FIRST}, {_SECOND})"
        values.append(query.identity)
    if query.identity or any("\n" in target for target in query.targets):
        places = f"({places}) AND {_IS_NOT_DELETED}"
    where = f"({places}) AND time BETWEEN ? AND ?"
    values += [query.after, query.before]
    if query.has:
        return f"{where} AND contains(?, messages.text)", [*values, query.has]
    return where, values


def _span(reader: Reader, query: SearchQuery) -> tuple[int, int]:
    """Return the lowest and highest id that messages of the queried time can have."""
    low, high = message_ids.first_id(query.after - MAX_LEAD), message_ids.first_id(query.before + 1)
    ahead = settings.read(reader, settings.IDS_AHEAD)
    if ahead and query.before <= int(ahead) + MAX_LEAD:
        high = message_ids.MAX_ID
    return min(max(0, low), message_ids.MAX_ID), min(max(0, high), message_ids.MAX_ID)


def _order(query: SearchQuery) -> str:
    return "ASC" if query.oldest_first else "DESC"


def _hex(text: str) -> str:
    return _quoted(text.encode().hex())


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
