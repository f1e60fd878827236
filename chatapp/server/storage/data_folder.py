"""The data folder: where it is on this system, what is in it, and that only one server uses it at a time."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from typing import IO, TypeAlias

from chatapp.system import folders
from chatapp.system.file_locks import try_lock

DATABASE = "chatapp.db"
INDEX = "words.db"  # of the messages in the database; can be made anew from them
LOCK = "server.lock"

NO_HOME = "this user has no home folder; set HOME, or name the data folder with --data"


class CannotUse(OSError):
    """The folder cannot be used; the words say why and what to do."""


def default_folder() -> Path:
    """Return the folder for a user's data, by the custom of the system.

    Raises:
        CannotUse: This user has no home folder.
    """
    try:
        return folders.server_data_folder()
    except RuntimeError as error:
        raise CannotUse(NO_HOME) from error


def database(folder: Path | None) -> Path:
    """The database that is there, in the default folder when none is given.

    Raises  CannotUse
    """
    path = (folder or default_folder()) / DATABASE
    try:
        if path.is_file():
            return path
    except OSError as error:
        raise _unusable(path.parent, error) from error
    raise CannotUse(f"there is no database in {path.parent}; name the data folder with --data")


def make(folder: Path) -> None:
    """Make the folder if it is not there, readable for its owner alone.

    Raises:
        CannotUse: It cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error) from error


Identity: TypeAlias = tuple[int, ...]
"""What tells a file from another one with the same name."""


def identity(path: Path) -> Identity | None:
    """Find out which file it is that has this name now.

    On Windows an open file can be neither deleted nor replaced, and the numbers of files are not reliable.

    Returns:
        None when there is none.

    Raises:
        OSError: It cannot be found out.
    """
    try:
        itself, meant = path.lstat(), path.stat()  # a link and what it leads to
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return None
        raise
    return () if sys.platform == "win32" else (itself.st_dev, itself.st_ino, meant.st_dev, meant.st_ino)


def remove(path: Path) -> None:
    """Remove a file, or whatever has its name, if there is anything.

    Raises:
        OSError: It cannot be removed.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def take(folder: Path) -> IO[str]:
    """Make the folder, readable for its owner alone, and lock it. The lock holds until the file is closed.

    Raises  CannotUse
    """
    make(folder)
    try:
        lock = (folder / LOCK).open("a", encoding="utf-8")
    except OSError as error:
        raise _unusable(folder, error) from error
    try:
        try_lock(lock.fileno())
    except OSError as error:
        lock.close()
        raise CannotUse(f"another server uses the data folder {folder}; choose one with --data") from error
    return lock


def attachable(path: Path) -> str | bytes:
    """Return a path as ATTACH takes it: its name need not be UTF-8."""
    return os.fsencode(path) if os.name == "posix" else str(path)


def _unusable(folder: Path, error: OSError) -> CannotUse:
    is_file = isinstance(error, FileExistsError | NotADirectoryError)
    why = "it is a file, or below one" if is_file else error.strerror
    return CannotUse(f"cannot use the data folder {folder}: {why}; choose one with --data")
