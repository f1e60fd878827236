"""The database for reading, on the threads of the workers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from chatapp.protocol.message_contents import contains
from chatapp.server.storage.data_folder import attachable
from chatapp.server.storage.search_index import SCHEMA, SearchIndex, last_id
from chatapp.server.storage.statements import SqlValue


class Reader:
    """A connection that only reads. It and the core never wait for each other.

    Args:
        index: The search index; None when there is none.

    Thread: one at a time; each worker has a Reader of its own.
    """

    def __init__(self, path: Path | str, index: SearchIndex | None = None) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA busy_timeout = 5000")
        self._connection.execute("PRAGMA query_only = ON")
        self._connection.create_function("contains", 2, contains, deterministic=True)
        self._index = index
        self._attached = 0  # the generation of the index

    def rows(self, query: str, values: Sequence[SqlValue] | Mapping[str, SqlValue] = ()) -> sqlite3.Cursor:
        """Return the rows that a query finds."""
        return self._connection.execute(query, values)

    def indexed_up_to(self) -> int | None:
        """Attach the search index and return the id of its newest message; None when it cannot be used.

        Raises:
            sqlite3.Error: It is damaged, see `report_index`.
        """
        index = self._index
        wanted = 0 if index is None or index.damage else index.generation
        if self._attached and self._attached != wanted:
            self._attached = 0
            self._connection.execute(f"DETACH {SCHEMA}")
        if index is None or not wanted:
            return None
        if not self._attached:
            self._connection.execute(f"ATTACH ? AS {SCHEMA}", (attachable(index.path),))
            self._attached = wanted
        return last_id(self._connection, SCHEMA)

    def report_index(self, error: sqlite3.Error) -> None:
        """Report that the search index could not be used. If it is damaged, it is rebuilt."""
        if self._index:
            self._index.report(error)

    @contextmanager
    def interruptible(self, is_over: Callable[[], bool], steps: int) -> Iterator[None]:
        """Make queries in a `with` block end with an OperationalError as soon as `is_over` returns true.

        Args:
            steps: Instructions of SQLite's virtual machine between two calls of `is_over`.
        """
        self._connection.set_progress_handler(is_over, steps)
        try:
            yield
        finally:
            self._connection.set_progress_handler(None, 0)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
