"""Carries what was committed from the write-ahead log into the database file, beside the core and not in it.

A checkpoint waits for the disk. SQLite would make one in the middle of a commit, and everybody would wait.

Source  sqlite.org/wal.html sections 2.1 and 3
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from pathlib import Path

SECONDS = 1.0  # between two looks
SOME_BYTES = 4 * 1024 * 1024  # of the log: carry over what can be, and hold nobody up
MANY_BYTES = 64 * 1024 * 1024  # under lasting load: finish, for which the core waits some milliseconds

log = logging.getLogger(__name__)


class Checkpointer:
    """Takes  database: of a Store, which makes no checkpoints itself"""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._log = database.with_name(f"{database.name}-wal")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="checkpointer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        connection = sqlite3.connect(self._database, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA busy_timeout = 1000")
        while not self._stopping.wait(SECONDS):
            try:
                checkpoint(connection, self._log)
            except sqlite3.Error as error:
                log.warning("no checkpoint: %s", error)
        connection.close()


def checkpoint(connection: sqlite3.Connection, wal: Path) -> None:
    """Make the log shorter if it is long.

    Raises  sqlite3.Error
    """
    size = wal.stat().st_size if wal.exists() else 0
    if size > SOME_BYTES:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if size > MANY_BYTES:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
