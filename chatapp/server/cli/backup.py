"""`run_server.py backup`: copies the database, also while the server runs."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

from chatapp.server.cli.options import Subcommands, add_data_option
from chatapp.server.storage import data_folder
from chatapp.server.storage.backup import copy


def add_to(commands: Subcommands) -> None:
    """Add `run_server.py backup FILE`."""
    text = "copy the database to a new file, also while the server runs"
    note = "To restore, put FILE into an empty data folder as chatapp.db."
    parser = commands.add_parser("backup", help=text, description=f"{text.capitalize()}. {note}")
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write; it must not exist yet")
    add_data_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with closing(sqlite3.connect(data_folder.database(options.data))) as database:
        copy(database, options.file)
    print(f"Copied to {options.file} ({options.file.stat().st_size} bytes)")
    return 0
