"""Backups of the database with the files that users keep: a folder, or one zip file.

    chatapp.db             a copy of the database
    files/9f/9f86d0818…    the contents of the files

Both have the layout of a data folder. The database is copied first, so all files that it names were on the
disk then. One that is deleted meanwhile is missing in the backup.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from chatapp.server.storage import backup, data_folder, file_rows
from chatapp.server.storage.backup_workspace import workspace
from chatapp.server.storage.data_folder import CannotUse
from chatapp.server.storage.file_contents import FileStore, place_of
from chatapp.server.storage.reader import Reader

PIECE_BYTES = 1024 * 1024

OpenTarget = Callable[[str], AbstractContextManager[IO[bytes]]]
"""Opens a new file of the backup by its name, to write it."""


class BackedUp(NamedTuple):
    """What a backup has of the files.

    Args:
        files: How many contents were copied.
        size: Their bytes.
        problems: The SHA-256 of contents that were missing or damaged.
    """

    files: int
    size: int
    problems: list[str]


def to_folder(data: Path, target: Path) -> BackedUp:
    """Write a backup into a new folder, or into one that is empty.

    Raises:
        CannotUse: The folder is not empty, or cannot be written; or the same backup is under way.
        sqlite3.Error: The database cannot be copied. In any case nothing of the backup is left.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise CannotUse(f"{target} exists already; name a new folder")
    with _refusals(target), workspace(target) as partial:
        folder = partial / "backup"
        (folder / data_folder.FILES).mkdir(mode=0o700, parents=True)
        folder.chmod(0o700)
        database = folder / data_folder.DATABASE
        _copy_database(data, database)
        copied = _copy_contents(data, database, lambda name: _new_file(folder / name))
        with suppress(FileNotFoundError):
            target.rmdir()  # Windows does not replace an empty folder
        folder.rename(target)
    return copied


def to_zip(data: Path, target: Path) -> BackedUp:
    """Write a backup into a new zip file.

    Raises:
        CannotUse: The file exists, or cannot be written; or the same backup is under way.
        sqlite3.Error: The database cannot be copied. In any case nothing of the backup is left.
    """
    _check_new(target)
    with _refusals(target), workspace(target) as partial:
        database, packed = partial / data_folder.DATABASE, partial / "backup.zip"
        _copy_database(data, database)
        with _new_file(packed) as file, zipfile.ZipFile(file, "w") as archive:
            archive.write(database, data_folder.DATABASE, zipfile.ZIP_DEFLATED)
            # most files are compressed already
            copied = _copy_contents(data, database, lambda name: archive.open(name, "w", force_zip64=True))
        packed.rename(target)
    return copied


def to_database(data: Path, target: Path) -> None:
    """Write a copy of the database alone.

    Raises:
        CannotUse: The file exists, or cannot be written; or the same backup is under way.
        sqlite3.Error: The database cannot be copied. In any case nothing of the backup is left.
    """
    _check_new(target)
    with _refusals(target), workspace(target) as partial:
        database = partial / data_folder.DATABASE
        _copy_database(data, database)
        database.rename(target)


def _check_new(target: Path) -> None:
    if target.exists():
        raise CannotUse(f"{target} exists already; name a new file")


def _copy_database(data: Path, target: Path) -> None:
    with closing(sqlite3.connect(data_folder.database(data))) as database:
        backup.copy(database, target)


def _copy_contents(data: Path, database: Path, open_target: OpenTarget) -> BackedUp:
    """Copy the contents that a copied database names."""
    contents = FileStore(data / data_folder.FILES)
    count, total, problems = 0, 0, list[str]()
    with closing(Reader(database)) as reader:
        wanted = file_rows.all_contents(reader) if file_rows.has_tables(reader) else {}
    for sha256, size in sorted(wanted.items()):
        try:
            name = f"{data_folder.FILES}/{place_of(sha256)}"
            with contents.open(sha256) as source, open_target(name) as target:
                is_intact = _copy(source, target) == sha256
        except FileNotFoundError:
            problems.append(sha256)
            continue
        if not is_intact:
            problems.append(sha256)
        count, total = count + 1, total + size
    return BackedUp(count, total, problems)


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy a file and return its SHA-256."""
    digest = hashlib.sha256()
    while piece := source.read(PIECE_BYTES):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()


@contextmanager
def _refusals(target: Path) -> Iterator[None]:
    """Raise an error of the disk as one that names the backup."""
    try:
        yield
    except CannotUse:
        raise
    except OSError as error:
        raise CannotUse(f"cannot write {target}: {error.strerror}") from error


def _new_file(path: Path) -> IO[bytes]:
    """Open a new file that only its owner can read."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
    )
