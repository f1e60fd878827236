"""The audit log: who of those in charge did what to whom. `Outbox.record` writes it."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import NamedTuple

from chatapp.protocol.printable import visible
from chatapp.server.clock import iso
from chatapp.server.storage import data_folder
from chatapp.server.storage.data_folder import Subcommands
from chatapp.server.storage.database import Reader

KEPT = 100_000  # the newest
SHOWN = 50  # when nobody says how many


class Act(NamedTuple):
    """Takes  at: milliseconds; by: nick!user@host; account: empty for a guest; about: whom it concerns"""

    at: int
    by: str
    account: str
    action: str
    about: str
    words: str

    @property
    def who(self) -> str:
        """`ann (account anna)`: by whom, for people."""
        nick = self.by.partition("!")[0]
        return f"{nick} (account {self.account})" if self.account not in ("", nick) else nick


def newest(reader: Reader, count: int) -> list[Act]:
    """The last acts, oldest first."""
    rows = reader.rows(
        "SELECT at, by, account, action, about, words FROM audit ORDER BY id DESC LIMIT ?", (count,)
    )
    return [Act._make(row) for row in rows][::-1]


def add_to(commands: Subcommands) -> None:
    """`run_server.py log`"""
    parser = commands.add_parser("log", help="show who of those in charge did what to whom")
    parser.add_argument("--count", type=int, default=SHOWN, help=f"how many lines, {SHOWN} if not given")
    data_folder.add_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with closing(Reader(data_folder.database(options.data))) as reader:
        for act in newest(reader, options.count):
            print(visible(f"{iso(act.at)}  {act.who}: {act.action} {act.about}  {act.words}".rstrip()))
    return 0
