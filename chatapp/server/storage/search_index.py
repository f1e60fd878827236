"""The index of words, for searching: a database of its own beside the one that keeps the messages.

It is only derived, so it can be thrown away and made anew; writing to it never holds up who keeps messages.
Each message is a row of three columns: its words, the places where it may be read from, the nick. Places and
nicks are written as hexadecimal digits, so that each is one word of the index, whatever is in it.

Source  sqlite.org/fts5.html
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from chatapp.server.storage import data_folder

SCHEMA = "search"  # under which a reader has it attached
VERSION = 1  # of how it is made

_DAMAGES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

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


class SearchIndex:
    """The index for writing. When it is damaged it is set aside and made anew from the messages.

    Until that is done nothing is looked up in it, and searching looks at the messages themselves.

    Args:
        path: Its file, made if it is not there.
        database: The file with the messages.

    Attributes:
        damage: What is wrong with it; empty when it can be used.
        generation: How often it was opened. A reader that has it attached has to attach it again when this
            changes.

    Thread: one at a time, except for `report` and the attributes.
    """

    def __init__(self, path: Path, database: Path) -> None:
        self.path = path
        self.damage = ""
        self.generation = 0
        self._database = database
        self._connection: sqlite3.Connection | None = None
        self._file: data_folder.Identity | None = None
        self._told = ""  # why it could not be made anew
        try:
            self._open()
        except sqlite3.Error as error:
            self.damage = str(error)
            self.mend()

    def add(self, most: int) -> int:
        """Take up the next of the messages that are not in it yet. Gives how many it were"""
        assert self._connection
        with self._connection as connection:
            connection.execute("BEGIN")  # an immediate one would keep the core from writing to the other file
            return connection.execute(_ADD, (last_id(connection, "main"), most)).rowcount

    def remove(self, ids: Iterable[int]) -> None:
        """These messages are no more."""
        assert self._connection
        with self._connection as connection:
            connection.execute("BEGIN")  # an immediate one would keep the core from writing to the other file
            connection.executemany("DELETE FROM words WHERE rowid = ?", ((number,) for number in ids))

    def report(self, error: sqlite3.Error) -> None:
        """Note what went wrong when it was used, if it means that the index is damaged."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
        is_empty = code == sqlite3.SQLITE_ERROR and "no such table" in str(error)
        if is_empty or code & 0xFF in _DAMAGES or code == sqlite3.SQLITE_IOERR_SHORT_READ:
            self.damage = self.damage or str(error)

    def mend(self) -> bool:
        """Make the index anew if it is damaged, or if its file was deleted or replaced.

        Returns:
            Whether it can be used now.
        """
        if not self.damage and self._is_lost():
            self.damage = "its file was deleted or replaced"
        if not self.damage:
            return True
        try:
            self._make_anew()
        except (sqlite3.Error, OSError) as error:
            if self._told != str(error):
                self._told = str(error)
                log.warning("The index of words cannot be made anew now: %s", error)
            self.close()
            return False
        return True

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _is_lost(self) -> bool:
        try:
            return data_folder.identity(self.path) != self._file
        except OSError:
            return False  # nobody knows

    def _open(self) -> None:
        self._connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        execute = self._connection.execute
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = NORMAL")
        execute("PRAGMA busy_timeout = 5000")
        if execute("PRAGMA user_version").fetchone()[0] != VERSION:
            execute("DROP TABLE IF EXISTS words")
            execute("CREATE VIRTUAL TABLE words USING fts5 (text, place, nick, tokenize = 'unicode61')")
            execute(f"PRAGMA user_version = {VERSION}")
        execute("ATTACH ? AS chat", (data_folder.attachable(self._database),))
        self._file = data_folder.identity(self.path)
        self.generation += 1

    def _make_anew(self) -> None:
        """Raises sqlite3.Error, OSError"""
        self.close()
        there = os.path.lexists(self.path)
        if there:
            aside = self.path.with_name(f"{self.path.stem}-damaged{self.path.suffix}")
            data_folder.remove(aside)
            self.path.replace(aside)
        for suffix in ("-wal", "-shm"):
            data_folder.remove(self.path.with_name(self.path.name + suffix))
        self._open()
        log.warning(
            "The index of words is damaged (%s) and is made anew%s; searches take longer until that is done",
            self.damage,
            f", the old one is now {aside.name}" if there else "",
        )
        self.damage = self._told = ""


def open_index(path: Path, database: Path) -> SearchIndex | None:
    """The index; None where SQLite was built without it."""
    try:
        with closing(sqlite3.connect(":memory:")) as trial:
            trial.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
    except sqlite3.OperationalError:
        log.warning("This SQLite has no FTS5: searching will be slow when there is much to search")
        return None
    return SearchIndex(path, database)


def last_id(connection: sqlite3.Connection, schema: str) -> int:
    """The id of the newest message that is in the index."""
    row = connection.execute(f"SELECT rowid FROM {schema}.words ORDER BY rowid DESC LIMIT 1").fetchone()
    return int(row[0]) if row else 0
