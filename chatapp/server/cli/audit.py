"""`run_server.py log`: prints the moderation log."""

from __future__ import annotations

import argparse
from contextlib import closing

from chatapp.protocol.printable import escape_controls
from chatapp.protocol.timestamps import iso
from chatapp.server.cli.options import Subcommands, add_data_option, whole_number
from chatapp.server.storage import data_folder
from chatapp.server.storage.audit_log import DEFAULT_SHOWN, latest
from chatapp.server.storage.reader import Reader


def add_to(commands: Subcommands) -> None:
    """Add `run_server.py log`."""
    text = "show the moderation log: kicks, bans, roles and other actions of operators"
    parser = commands.add_parser("log", help=text, description=f"{text.capitalize()}.")
    parser.add_argument(
        "--count",
        type=whole_number(0),
        default=DEFAULT_SHOWN,
        metavar="N",
        help=f"the number of entries, the latest ones (default: {DEFAULT_SHOWN})",
    )
    add_data_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with closing(Reader(data_folder.database(options.data))) as reader:
        for entry in latest(reader, options.count):
            line = f"{iso(entry.at)}  {entry.who}: {entry.action} {entry.about}  {entry.details}"
            print(escape_controls(line.rstrip()))
    return 0
