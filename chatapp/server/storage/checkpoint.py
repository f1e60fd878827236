"""Checkpoints: copies committed data from the write-ahead log into the database, on a thread of its own.

A checkpoint waits for the disk. By default SQLite makes one during a commit, and every client would wait.
The same thread checks that the files are still those that were opened. What is written into a file that was
deleted or replaced is lost at the next start, and SQLite does not notice.

Source: sqlite.org/wal.html sections 2.1 and 3, sqlite.org/howtocorrupt.html section 2.4
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from chatapp.server.storage import data_folder

SECONDS = 1.0  # between two rounds
PASSIVE_BYTES = 4 * 1024 * 1024
"""Above this size of the log, copy what can be copied without blocking the core."""

TRUNCATE_BYTES = 64 * 1024 * 1024
"""Above this size, which only lasting load reaches, copy everything; the core waits some milliseconds."""

_HELP = "The server ends. Restore it or a copy that the command backup made, then start the server again."

log = logging.getLogger(__name__)


class Checkpointer:
    """A thread that checks the files of the database once a second.

    Args:
        database: The file of a Database that is open, which makes no checkpoints itself.
        on_loss: Called once, on this thread, with a sentence that says which file was deleted or replaced.
    """

    def __init__(self, database: Path, on_loss: Callable[[str], object]) -> None:
        self._database = database
        self._log = database.with_name(f"{database.name}-wal")
        self._on_loss = on_loss
        others = (self._log, database.with_name(f"{database.name}-shm"))
        self._files = {path: data_folder.file_identity(path) for path in (database, *others) if path.exists()}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="checkpointer", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
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
                log.warning("The checkpoint failed: %s", error)
        connection.close()

    def lost(self) -> Path | None:
        """Return a file that is no longer the one that was opened, if there is one."""
        for path, opened in self._files.items():
            try:
                if data_folder.file_identity(path) != opened:
                    return path
            except OSError as error:
                log.warning("Cannot check the file %s: %s", path, error)
        return None


def checkpoint(connection: sqlite3.Connection, wal: Path) -> None:
    """Copy the log into the database if the log is long.

    Raises:
        sqlite3.Error: It cannot be copied now.
    """
    size = wal.stat().st_size if wal.exists() else 0
    if size > PASSIVE_BYTES:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if size > TRUNCATE_BYTES:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
