"""Copies of the database, also while a server uses it: SQLite's online backup.

Source: sqlite.org/backup.html
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from chatapp.server.storage.data_folder import CannotUse


def copy(database: sqlite3.Connection, path: Path) -> None:
    """Write a complete and consistent copy into a new file that only its owner can read.

    Raises:
        CannotUse: The file exists, or cannot be written.
        sqlite3.Error: The copy failed; the file is removed.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise CannotUse(f"{path} exists already; name a new file") from None
    except OSError as error:
        raise CannotUse(f"cannot write {path}: {error.strerror}") from error
    try:
        with closing(sqlite3.connect(path)) as target:
            database.backup(target)
    except BaseException:
        path.unlink()
        raise
