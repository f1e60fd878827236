"""Carries what was committed from the write-ahead log into the database file, beside the core and not in it.

A checkpoint waits for the disk. SQLite would make one in the middle of a commit, and everybody would wait.
The same thread looks whether the files are still those that were opened: what is written into a file that was
deleted or replaced is gone with the next start, and SQLite does not notice.

Source  sqlite.org/wal.html sections 2.1 and 3, sqlite.org/howtocorrupt.html section 2.4
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from chatapp.server.storage import data_folder

SECONDS = 1.0  # between two looks
SOME_BYTES = 4 * 1024 * 1024  # of the log: carry over what can be, and hold nobody up
MANY_BYTES = 64 * 1024 * 1024  # under lasting load: finish, for which the core waits some milliseconds

_HELP = "The server ends. Put it back (or a copy made by the command backup), then start the server again."

log = logging.getLogger(__name__)


class Checkpointer:
    """A thread that sees to the files of the database once a second.

    Args:
        database: Of a Store, which makes no checkpoints itself and has opened it.
        on_loss: Called once on this thread, with words that say which file was deleted or replaced.
    """

    def __init__(self, database: Path, on_loss: Callable[[str], object]) -> None:
        self._database = database
        self._log = database.with_name(f"{database.name}-wal")
        self._on_loss = on_loss
        others = (self._log, database.with_name(f"{database.name}-shm"))
        self._files = {path: data_folder.identity(path) for path in (database, *others) if path.exists()}
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
            if lost := self.lost():
                self._on_loss(f"{lost} was deleted or replaced while the server ran. {_HELP}")
                break
            try:
                checkpoint(connection, self._log)
            except sqlite3.Error as error:
                log.warning("no checkpoint: %s", error)
        connection.close()

    def lost(self) -> Path | None:
        """The file that is not the one that was opened, if there is one."""
        for path, opened in self._files.items():
            try:
                if data_folder.identity(path) != opened:
                    return path
            except OSError as error:
                log.warning("cannot look at %s: %s", path, error)
        return None


def checkpoint(connection: sqlite3.Connection, wal: Path) -> None:
    """Make the log shorter if it is long.

    Raises  sqlite3.Error
    """
    size = wal.stat().st_size if wal.exists() else 0
    if size > SOME_BYTES:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if size > MANY_BYTES:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
