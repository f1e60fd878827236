"""`run_server.py backup`: copies the database and the files of users, also while the server runs."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path

from chatapp.protocol.numbers import counted
from chatapp.server.cli.options import Subcommands, add_data_option
from chatapp.server.operations.file_uploads import in_words
from chatapp.server.storage import data_folder, file_lists, file_rows, full_backup
from chatapp.server.storage.full_backup import BackedUp
from chatapp.server.storage.reader import Reader

EXIT_DAMAGED = 1
_DESCRIPTION = """\
Copy the database, and the files that users keep on the server, also while the server runs. TARGET decides
how: NAME.zip is one file with everything; a name without an ending is a new folder with everything; with any
other ending, as in NAME.db, it is the database alone. To restore, put what is in the folder or in NAME.zip
into an empty data folder; a database alone goes there as chatapp.db."""


def add_to(commands: Subcommands) -> None:
    """Add `run_server.py backup TARGET`."""
    text = "copy the database and the files of users, also while the server runs"
    parser = commands.add_parser("backup", help=text, description=_DESCRIPTION)
    parser.add_argument(
        "target", type=Path, metavar="TARGET", help="the folder or file to write; it must not exist yet"
    )
    parser.add_argument("--without-files", action="store_true", help="copy the database alone")
    add_data_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    target = Path(os.path.abspath(options.target))  # also of ".", which has no name
    database = data_folder.database(options.data)
    is_zip = target.suffix.lower() == ".zip"
    if options.without_files or (target.suffix and not is_zip and not target.is_dir()):
        return _copy_database(database.parent, target, warns=not options.without_files)
    write = full_backup.to_zip if is_zip else full_backup.to_folder
    return _report(target, write(database.parent, target))


def _copy_database(data: Path, target: Path, warns: bool) -> int:
    full_backup.to_database(data, target)
    print(f"Copied to {target} ({target.stat().st_size} bytes)")
    with closing(Reader(target)) as reader:
        files = file_lists.storage_use(reader, 0).files if file_rows.has_tables(reader) else 0
    if files and warns:
        kept = counted(files, "file")
        print(f"Without the {kept} of users: to copy them too, name a folder or a .zip", file=sys.stderr)
    return 0


def _report(target: Path, copied: BackedUp) -> int:
    print(f"Copied to {target} (the database and {in_words(copied.size)} of files)")
    for sha256 in copied.problems:
        print(f"Missing or damaged: {sha256}; see the command files check", file=sys.stderr)
    return EXIT_DAMAGED if copied.problems else 0
