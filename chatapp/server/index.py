"""The index of words, for searching: a database of its own beside the one that keeps the messages.

It is only derived, so it can be thrown away and made anew; writing to it never holds up who keeps messages.
Each message is a row of three columns: its words, the places where it may be read from, the nick. Places and
nicks are written as hexadecimal digits, so that each is one word of the index, whatever is in it.

Source  sqlite.org/fts5.html
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from chatapp.server.folder import attachable

SCHEMA = "search"  # under which a reader has it attached
VERSION = 1  # of how it is made

log = logging.getLogger(__name__)

_BREAK = "instr(target, char(10))"  # between the two of a conversation
_PLACES = (
    f"CASE {_BREAK} WHEN 0 THEN hex(target) ELSE"
    f" hex(substr(target, 1, {_BREAK} - 1)) || ' ' || hex(substr(target, {_BREAK} + 1)) END"
)
_NICK = "hex(lower(substr(source, 1, instr(source, '!') - 1)))"
_ADD = (
    f"INSERT INTO words (rowid, text, place, nick) SELECT id, text, {_PLACES}, {_NICK} FROM chat.messages"
    " WHERE id > ? ORDER BY id LIMIT ?"
)


class Index:
    """The index for writing.

    Takes  path: its file, made if it is not there; database: the file with the messages
    Raises sqlite3.Error when it cannot be used
    Thread one at a time
    """

    def __init__(self, path: Path, database: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        execute = self._connection.execute
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = NORMAL")
        execute("PRAGMA busy_timeout = 5000")
        if execute("PRAGMA user_version").fetchone()[0] != VERSION:
            execute("DROP TABLE IF EXISTS words")
            execute("CREATE VIRTUAL TABLE words USING fts5 (text, place, nick, tokenize = 'unicode61')")
            execute(f"PRAGMA user_version = {VERSION}")
        execute("ATTACH ? AS chat", (attachable(database),))

    def add(self, most: int) -> int:
        """Take up the next of the messages that are not in it yet. Gives how many it were"""
        with self._connection as connection:
            connection.execute("BEGIN")  # an immediate one would keep the core from writing to the other file
            return connection.execute(_ADD, (last(connection, "main"), most)).rowcount

    def forget(self, ids: Iterable[int]) -> None:
        """These messages are no more."""
        with self._connection as connection:
            connection.execute("BEGIN")  # an immediate one would keep the core from writing to the other file
            connection.executemany("DELETE FROM words WHERE rowid = ?", ((number,) for number in ids))

    def close(self) -> None:
        self._connection.close()


def open_index(path: Path, database: Path) -> Index | None:
    """The index, made anew if it is damaged; None where SQLite was built without it."""
    try:
        with closing(sqlite3.connect(":memory:")) as trial:
            trial.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
    except sqlite3.OperationalError:
        log.warning("This SQLite has no FTS5: searching will be slow when there is much to search")
        return None
    try:
        return Index(path, database)
    except sqlite3.DatabaseError as error:
        log.warning("The index of words is made anew: %s", error)
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return Index(path, database)


def last(connection: sqlite3.Connection, schema: str) -> int:
    """The id of the newest message that is in the index."""
    row = connection.execute(f"SELECT rowid FROM {schema}.words ORDER BY rowid DESC LIMIT 1").fetchone()
    return int(row[0]) if row else 0
