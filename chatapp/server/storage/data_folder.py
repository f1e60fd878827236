"""The data folder: where it is, the files in it, and the lock that keeps a second server out."""

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
INDEX = "words.db"  # the search index; can be made again from the database
FILES = "files"  # the folder with the contents of uploaded files
LOCK = "server.lock"

NO_HOME = "this user has no home folder; set HOME, or name the data folder with --data"


class CannotUse(OSError):
    """A file or folder cannot be used. The message says why and what to do."""


def default_folder() -> Path:
    """Return the data folder that is usual on this system.

    Raises:
        CannotUse: This user has no home folder.
    """
    try:
        return folders.server_data_folder()
    except RuntimeError as error:
        raise CannotUse(NO_HOME) from error


def database(folder: Path | None) -> Path:
    """Return the database in a folder, or in the default folder.

    Raises:
        CannotUse: There is no database.
    """
    path = (folder or default_folder()) / DATABASE
    try:
        if path.is_file():
            return path
    except OSError as error:
        raise _unusable(path.parent, error) from error
    raise CannotUse(f"there is no database in {path.parent}; name the data folder with --data")


def create(folder: Path) -> None:
    """Create the folder if it does not exist, so that only its owner can read it.

    Raises:
        CannotUse: It cannot be created.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error) from error


FileIdentity: TypeAlias = tuple[int, ...]
"""Distinguishes a file from another one of the same name."""


def file_identity(path: Path) -> FileIdentity | None:
    """Return the identity of the file that has this name now.

    On Windows it is always the same: an open file can be neither deleted nor replaced, and file numbers are
    not reliable.

    Returns:
        None if there is none.

    Raises:
        OSError: The file cannot be checked.
    """
    try:
        itself, target = path.lstat(), path.stat()  # a link and what it leads to
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return None
        raise
    return () if sys.platform == "win32" else (itself.st_dev, itself.st_ino, target.st_dev, target.st_ino)


def remove(path: Path) -> None:
    """Remove a file or folder of this name, if there is one.

    Raises:
        OSError: It cannot be removed.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def lock_folder(folder: Path) -> IO[str]:
    """Create the folder if needed and lock it. The lock holds until the returned file is closed.

    Raises:
        CannotUse: It cannot be created, or another server has locked it.
    """
    create(folder)
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
    """Return a path in the form that ATTACH takes; it need not be UTF-8."""
    return os.fsencode(path) if os.name == "posix" else str(path)


def _unusable(folder: Path, error: OSError) -> CannotUse:
    is_file = isinstance(error, FileExistsError | NotADirectoryError)
    why = "it is a file, or inside of one" if is_file else error.strerror
    return CannotUse(f"cannot use the data folder {folder}: {why}; choose one with --data")
