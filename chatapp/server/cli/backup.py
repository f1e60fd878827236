"""`run_server.py backup`: copies the database, also while a server uses it."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

from chatapp.server.cli.options import Subcommands, add_data_option
from chatapp.server.storage import data_folder
from chatapp.server.storage.backup import copy


def add_to(commands: Subcommands) -> None:
    """`run_server.py backup FILE`"""
    parser = commands.add_parser("backup", help="copy the database into a new file, also while a server runs")
    parser.add_argument("file", type=Path, metavar="FILE", help="the copy; it must not be there yet")
    add_data_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with closing(sqlite3.connect(data_folder.database(options.data))) as database:
        copy(database, options.file)
    print(f"Copied to {options.file} ({options.file.stat().st_size} bytes)")
    return 0
