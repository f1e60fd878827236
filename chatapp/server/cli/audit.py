"""`run_server.py log`: prints the moderation log."""

from __future__ import annotations

import argparse
from contextlib import closing

from chatapp.protocol.printable import visible
from chatapp.protocol.timestamps import iso
from chatapp.server.cli.options import Subcommands, add_data_option
from chatapp.server.storage import data_folder
from chatapp.server.storage.audit_log import DEFAULT_SHOWN, latest
from chatapp.server.storage.reader import Reader


def add_to(commands: Subcommands) -> None:
    """`run_server.py log`"""
    parser = commands.add_parser("log", help="show who of those in charge did what to whom")
    parser.add_argument(
        "--count", type=int, default=DEFAULT_SHOWN, help=f"how many lines, {DEFAULT_SHOWN} if not given"
    )
    add_data_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with closing(Reader(data_folder.database(options.data))) as reader:
        for act in latest(reader, options.count):
            print(visible(f"{iso(act.at)}  {act.who}: {act.action} {act.about}  {act.words}".rstrip()))
    return 0
