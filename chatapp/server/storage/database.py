"""The SQLite database: one writer, many readers.

Source: sqlite.org/wal.html, sqlite.org/pragma.html
"""

# What is stored, and when.  The core applies a batch of commands (a turn) to the world in memory, writes all
# their rows in *one* transaction, and only then sends anything. So a client never sees a result that a crash
# could undo. One transaction a turn makes this cheap: a single message takes 27 µs, each message in a batch
# of 256 takes 2.7 µs.
#
# Who writes.  The core thread, through the one `Database`. Handlers have no connection: they pass `Save`s to
# their outbox, made by the functions of the `*_rows` modules. No lock in this program guards the database,
# because one thread owns the writing side. Other processes may write too (`run_server.py account`, `invite`);
# SQLite's lock keeps them apart, and once the server runs the core waits for it at most
# LOCK_TIMEOUT_MILLISECONDS. A write that fails is tried again, see `core.storage_stall`.
#
# Who reads.  Workers, each through a `Reader` of its own. In WAL mode readers and the writer do not wait for
# each other: a commit appends to the write-ahead log, and a reader sees the database as it was when its query
# began. Checkpoints, which copy the log into the file and wait for the disk, run on a thread of their own,
# see `checkpoint`.
#
# Why words.db is a second file.  SQLite has one write lock for each file. With the search index in a file of
# its own, a worker adds to it while the core goes on storing messages. Everything in it can be made again
# from the messages, so damage to it costs only time.
#
# What would break this: a second thread that writes through `Database`; sending before `write` has returned;
# a connection that keeps a read transaction open, for the log can then never be shortened; a statement that
# deletes very many rows at once, for the core and with it every client waits for it (`expiry` deletes a
# little at a time); deleting or replacing the files while the server runs.

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Literal

from chatapp.server.storage import clock_repair
from chatapp.server.storage.schema import migrate, save_copy, transaction, use_wal
from chatapp.server.storage.statements import Save, SqlValue

LOCK_TIMEOUT_MILLISECONDS = 50
"""How long the core waits for a lock on the database: about the duration of a checkpoint."""


class Database:
    """The database for writing.

    Args:
        path: The file, or ":memory:".
        durability: "normal" survives a crash of the program, "full" a power cut.

    Raises:
        sqlite3.Error: It cannot be opened.

    Thread: one at a time; in a running server only the core's.
    """

    def __init__(self, path: Path | str, durability: Literal["normal", "full"] = "normal") -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            use_wal(self._connection)
            self._connection.execute(f"PRAGMA synchronous = {durability.upper()}")
            self._connection.execute("PRAGMA wal_autocheckpoint = 0")  # see `checkpoint`
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA busy_timeout = 5000")
            migrate(self._connection, path if isinstance(path, Path) else None)
        except BaseException:
            self._connection.close()
            raise

    def shorten_lock_timeout(self) -> None:
        """From now on, wait only briefly for other processes that write: every client waits too."""
        self._connection.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MILLISECONDS}")

    def write(self, saves: Sequence[Save]) -> None:
        """Write all of them or none.

        Raises:
            sqlite3.Error: Nothing is written.
        """
        execute = self._connection.execute
        if len(saves) == 1:  # a single statement is a transaction
            statement, values = saves[0]
            execute(statement.sql, values)
            return
        execute("BEGIN IMMEDIATE")
        try:
            for statement, group in groupby(saves, itemgetter(0)):
                self._connection.executemany(statement.sql, [values for _, values in group])
            execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):  # the first error gives the cause
                    execute("ROLLBACK")
            raise

    def rows(self, query: str, values: Sequence[SqlValue] | Mapping[str, SqlValue] = ()) -> sqlite3.Cursor:
        """Return the rows that a query finds."""
        return self._connection.execute(query, values)

    def repair_times(self, newest: int, now: int) -> Path | None:
        """Set back the times that lie in the future, see `clock_repair`.

        Returns:
            The copy of the database as it was before; None when it is not in a file.

        Raises:
            sqlite3.Error, CannotUse: Nothing is changed.
        """
        copy = save_copy(self.path, "clock-was-ahead") if isinstance(self.path, Path) else None
        with transaction(self._connection):
            clock_repair.set_back(self._connection, newest, now)
        return copy

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
