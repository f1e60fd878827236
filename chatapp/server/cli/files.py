"""`run_server.py files …`: lists, deletes and checks the files that users keep on the server.

A running server checks every second for files that were deleted here, and tells its clients.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from chatapp.protocol.numbers import counted
from chatapp.protocol.printable import escape_controls
from chatapp.protocol.timestamps import iso
from chatapp.server.cli.options import Run, Subcommands, add_data_option, whole_number
from chatapp.server.operations.file_uploads import in_words
from chatapp.server.storage import audit_log, data_folder, file_lists, file_rows, settings
from chatapp.server.storage.data_folder import CannotUse
from chatapp.server.storage.database import Database
from chatapp.server.storage.file_contents import FileStore
from chatapp.server.tasks import file_care

EXIT_PROBLEMS = 1
DEFAULT_SHOWN = 100


class Findings(NamedTuple):
    """What a check has found.

    Args:
        missing: Contents that files have, and that are not on the disk; by their SHA-256.
        damaged: Contents on the disk with another SHA-256 than their name says.
        left_over: Contents on the disk that no file has.
        waiting: Those of deleted files, which the server deletes from the disk.
    """

    missing: list[str]
    damaged: list[str]
    left_over: list[str]
    waiting: list[str]

    @property
    def has_problems(self) -> bool:
        """Whether something is not as it should be."""
        return bool(self.missing or self.damaged or self.left_over)


def add_to(commands: Subcommands) -> None:
    """Add `run_server.py files list | delete | check`."""
    parser = commands.add_parser("files", help="list, delete and check the files that users keep")
    actions = parser.add_subparsers(required=True, metavar="action")
    listing = _action(actions, "list", "list the files, the newest first", _list)
    listing.add_argument("--sender", default="", metavar="NAME", help="only those of one person")
    listing.add_argument(
        "--count",
        type=whole_number(1),
        default=DEFAULT_SHOWN,
        metavar="N",
        help=f"how many files (default: {DEFAULT_SHOWN})",
    )
    deleting = _action(actions, "delete", "delete files, also while the server runs", _delete)
    deleting.add_argument("id", nargs="+", metavar="ID", help="the id of a file, as `files list` shows it")
    text = "check that all contents are on the disk and not damaged, and that nothing is left over"
    checking = _action(actions, "check", text, _check)
    checking.add_argument(
        "--repair",
        action="store_true",
        help="delete what is left over, and files without their contents; the server must not run",
    )


def _action(actions: Subcommands, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    add_data_option(parser)
    parser.set_defaults(run=run)
    return parser


def _list(options: argparse.Namespace) -> int:
    with closing(Database(data_folder.database(options.data))) as store:
        use = file_lists.storage_use(store, 0)
        found = file_lists.newest(store, options.count, options.sender)
    for file in found:
        row = f"{file.id}  {iso(file.created)[:10]}  {in_words(file.size):>11}  {file.sender}  {file.name}"
        print(escape_controls(row))
    print(f"{counted(use.files, 'file')}, {in_words(use.size)} on the disk")
    return 0


def _delete(options: argparse.Namespace) -> int:
    path = data_folder.database(options.data)
    with closing(Database(path)) as store:
        files = [file_rows.find(store, each) for each in options.id]
        for file_id, file in zip(options.id, files, strict=True):
            if file is None:
                raise CannotUse(
                    f"there is no file {file_id}, so none was deleted; `files list` shows the ids"
                )
        for file in filter(None, files):
            now, details = time.time_ns(), f"deleted {file.name} ({file.id})"
            entry = audit_log.insert_by_command_line(now // 1_000_000, "FILES", file.sender, details)
            note = settings.add_deleted_file(file.id, now)
            store.write([file_rows.delete(file.id), entry, note])
            print(escape_controls(f"Deleted {file.name}"))
        _delete_unused(path.parent, store)
    return 0


def _delete_unused(data: Path, store: Database) -> None:
    """Delete contents from the disk that no file has now, unless a server runs, which does it itself."""
    try:
        lock = data_folder.lock_folder(data)
    except CannotUse:
        return
    with lock:
        _clean(FileStore(data / data_folder.FILES), store)


def _check(options: argparse.Namespace) -> int:
    path = data_folder.database(options.data)
    contents = FileStore(path.parent / data_folder.FILES)
    with closing(Database(path)) as store:
        if options.repair:
            with data_folder.lock_folder(path.parent):
                _repair(contents, store, _find_problems(contents, store))
        found = _find_problems(contents, store)
        use = file_lists.storage_use(store, 0)
    for line in _lines(found):
        print(line)
    print(f"Checked {counted(use.files, 'file')}, {in_words(use.size)} on the disk")
    return EXIT_PROBLEMS if found.has_problems else 0


def _find_problems(contents: FileStore, store: Database) -> Findings:
    """Compare the disk with the database. Contents that appear or go meanwhile are no problem."""
    on_disk = {each.sha256 for each in contents.stored()}
    known = file_rows.all_contents(store)
    missing, damaged = list[str](), list[str]()
    for sha256 in sorted(known):
        if not contents.is_intact(sha256) and file_rows.size_of(store, sha256) == known[sha256]:
            (damaged if contents.exists(sha256) else missing).append(sha256)
    after = file_rows.all_contents(store)
    unnamed = sorted(on_disk - known.keys() - after.keys())
    waiting = [each for each in unnamed if file_rows.is_unused(store, each)]
    left_over = [each for each in unnamed if each not in waiting and contents.exists(each)]
    return Findings(missing, damaged, left_over, waiting)


def _repair(contents: FileStore, store: Database, found: Findings) -> None:
    for sha256 in found.missing + found.damaged:
        for file in file_rows.with_contents(store, sha256):
            store.write([file_rows.delete(file.id)])
            print(escape_controls(f"Deleted {file.name} of {file.sender}: its contents are lost"))
        store.write([file_rows.remove_thumbnail(sha256)])
    _clean(contents, store)


def _clean(contents: FileStore, store: Database) -> None:
    file_care.delete_left_over(contents, store)
    while unused := file_rows.unused(store, file_care.ROUND_CONTENTS):
        store.write([file_rows.forget_unused(unused)])


def _lines(found: Findings) -> Iterator[str]:
    for sha256 in found.missing:
        yield f"Missing: the contents {sha256}"
    for sha256 in found.damaged:
        yield f"Damaged: the contents {sha256}"
    for sha256 in found.left_over:
        yield f"Left over: the contents {sha256}, which no file has"
    if found.waiting:
        files = counted(len(found.waiting), "deleted file")
        yield f"Contents of {files} are still on the disk; the server deletes them within seconds"
