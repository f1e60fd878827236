"""A copy of the database, also while a server uses it: SQLite's online backup.

Source  sqlite.org/backup.html
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from chatapp.server.storage.data_folder import CannotUse


def copy(database: sqlite3.Connection, path: Path) -> None:
    """A whole and consistent copy in a new file, readable for its owner alone.

    Raises  CannotUse, when there is such a file already among other things; sqlite3.Error
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise CannotUse(f"{path} is there already; name a file that is not") from None
    except OSError as error:
        raise CannotUse(f"cannot write {path}: {error.strerror}") from error
    try:
        with closing(sqlite3.connect(path)) as target:
            database.backup(target)
    except BaseException:
        path.unlink()
        raise
