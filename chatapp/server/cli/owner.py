"""`run_server.py owner`: stores a key by which the user of this computer is the owner.

A window runs it when it finds that its server runs already. A running server uses the key at once. Anyone
who can run it with this data folder can read and change everything in it anyway.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import closing

from chatapp.server.cli.options import Subcommands, add_data_option, read_key
from chatapp.server.storage import audit_log, data_folder
from chatapp.server.storage.database import Database
from chatapp.server.storage.first_start import store_owner_key


def add_to(commands: Subcommands) -> None:
    """Add `run_server.py owner`."""
    text = "store a key of the owner, read from the standard input, also while the server runs"
    note = "Windows use it; people become owners with `account role NAME owner`."
    parser = commands.add_parser("owner", help=text, description=f"{text[0].upper()}{text[1:]}. {note}")
    add_data_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    key = read_key(sys.stdin)
    with closing(Database(data_folder.database(options.data))) as database:
        if store_owner_key(database, key):
            now = time.time_ns() // 1_000_000
            database.write([audit_log.insert_by_command_line(now, "OWNER", "key", "added")])
    print("The owner key is stored")
    return 0
