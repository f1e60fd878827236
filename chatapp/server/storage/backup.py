"""A copy of the database, also while a server uses it: SQLite's online backup.

Source  sqlite.org/backup.html
"""

from __future__ import annotations

import argparse
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from chatapp.server.storage import data_folder
from chatapp.server.storage.data_folder import CannotUse, Subcommands


def add_to(commands: Subcommands) -> None:
    """`run_server.py backup FILE`"""
    parser = commands.add_parser("backup", help="copy the database into a new file, also while a server runs")
    parser.add_argument("file", type=Path, metavar="FILE", help="the copy; it must not be there yet")
    data_folder.add_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with closing(sqlite3.connect(data_folder.database(options.data))) as database:
        copy(database, options.file)
    print(f"Copied to {options.file} ({options.file.stat().st_size} bytes)")
    return 0


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
