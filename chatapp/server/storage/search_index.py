"""The search index: the words of all messages, in a database file of its own.

It is derived from the messages, so it can be deleted and built again. Writing to it never blocks the core,
which stores messages in the other file. Each message is a row with three columns: its text, the key or
identities under which it can be read, the nick of its sender. The last two are written in hexadecimal digits,
so that each is one word of the index, whatever characters it has.

Source: sqlite.org/fts5.html
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from chatapp.server.storage import data_folder

SCHEMA = "search"
"""The name under which a `Reader` attaches it."""

VERSION = 1  # of the tables of the index

_DAMAGES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

log = logging.getLogger(__name__)

_BREAK = "instr(target, char(10))"  # between the identities of a conversation
_PLACES = (
    f"CASE {_BREAK} WHEN 0 THEN hex(target) ELSE"
    f" hex(substr(target, 1, {_BREAK} - 1)) || ' ' || hex(substr(target, {_BREAK} + 1)) END"
)
_NICK = "hex(lower(substr(source, 1, instr(source, '!') - 1)))"
_INSERT = (
    f"INSERT INTO words (rowid, text, place, nick) SELECT id, text, {_PLACES}, {_NICK} FROM chat.messages"
)
_ADD = f"{_INSERT} WHERE id > ? ORDER BY id LIMIT ?"
_ADD_ONE = f"{_INSERT} WHERE id = ?"


class SearchIndex:
    """The index for writing. A damaged one is set aside and built again from the messages.

    Meanwhile it is not used, and searches scan the messages.

    Args:
        path: Its file, created if it does not exist.
        database: The file with the messages.

    Attributes:
        damage: Why it cannot be used; empty if it can.
        generation: How often it was opened. When this changes, readers have to attach it again.

    Thread: one at a time, except for `report` and the attributes.
    """

    def __init__(self, path: Path, database: Path) -> None:
        self.path = path
        self.damage = ""
        self.generation = 0
        self._database = database
        self._connection: sqlite3.Connection | None = None
        self._file: data_folder.FileIdentity | None = None
        self._logged = ""  # why it could not be rebuilt
        try:
            self._open()
        except sqlite3.Error as error:
            self.damage = str(error)
            self.repair()

    def add(self, limit: int) -> int:
        """Index the oldest messages that are not indexed yet, and return how many there were."""
        assert self._connection
        with self._connection as connection:
            connection.execute("BEGIN")  # an immediate transaction would lock the other file too
            return connection.execute(_ADD, (last_id(connection, "main"), limit)).rowcount

    def refresh(self, ids: Iterable[int]) -> None:
        """Remove deleted messages, and index edited ones again, except those that are not indexed yet."""
        assert self._connection
        with self._connection as connection:
            connection.execute("BEGIN")  # an immediate transaction would lock the other file too
            for number in ids:
                if connection.execute("DELETE FROM words WHERE rowid = ?", (number,)).rowcount:
                    connection.execute(_ADD_ONE, (number,))

    def report(self, error: sqlite3.Error) -> None:
        """Mark the index as damaged if this error, which occurred while using it, means so."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
        is_empty = code == sqlite3.SQLITE_ERROR and "no such table" in str(error)
        if is_empty or code & 0xFF in _DAMAGES or code == sqlite3.SQLITE_IOERR_SHORT_READ:
            self.damage = self.damage or str(error)

    def repair(self) -> bool:
        """Build the index again if it is damaged, or if its file was deleted or replaced.

        Returns:
            Whether it can be used now.
        """
        if not self.damage and self._is_lost():
            self.damage = "its file was deleted or replaced"
        if not self.damage:
            return True
        try:
            self._rebuild()
        except (sqlite3.Error, OSError) as error:
            if self._logged != str(error) and not self.is_orphaned:
                self._logged = str(error)
                log.warning("The search index cannot be rebuilt now: %s", error)
            self.close()
            return False
        return True

    @property
    def is_orphaned(self) -> bool:
        """Whether the database or its write-ahead log is gone.

        The server ends and logs that, so the index has nothing to add.
        """
        files = (self._database, self._database.with_name(f"{self._database.name}-wal"))
        return not all(map(os.path.lexists, files))

    def close(self) -> None:
        """Close the file."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _is_lost(self) -> bool:
        try:
            return data_folder.file_identity(self.path) != self._file
        except OSError:
            return False  # it cannot be checked

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
        execute("CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab (words, col)")
        execute("ATTACH ? AS chat", (data_folder.attachable(self._database),))
        self._file = data_folder.file_identity(self.path)
        self.generation += 1

    def _rebuild(self) -> None:
        self.close()
        exists = os.path.lexists(self.path)
        if exists:
            aside = self.path.with_name(f"{self.path.stem}-damaged{self.path.suffix}")
            data_folder.remove(aside)
            self.path.replace(aside)
        for suffix in ("-wal", "-shm"):
            data_folder.remove(self.path.with_name(self.path.name + suffix))
        self._open()
        log.warning(
            "The search index is damaged (%s) and is rebuilt%s; searches take longer until that is done",
            self.damage,
            f", the old one is now {aside.name}" if exists else "",
        )
        self.damage = self._logged = ""


def open_index(path: Path, database: Path) -> SearchIndex | None:
    """Return the index; None where SQLite was built without full-text search."""
    try:
        with closing(sqlite3.connect(":memory:")) as trial:
            trial.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
    except sqlite3.OperationalError:
        log.warning("This SQLite has no FTS5: searches scan all messages, which is slow if there are many")
        return None
    return SearchIndex(path, database)


def last_id(connection: sqlite3.Connection, schema: str) -> int:
    """Return the id of the newest indexed message, 0 when there is none."""
    row = connection.execute(f"SELECT rowid FROM {schema}.words ORDER BY rowid DESC LIMIT 1").fetchone()
    return int(row[0]) if row else 0
