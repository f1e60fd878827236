"""The folder in which a backup is made until it is complete.

    NAME.partial/lock    locked as long as the program runs
    NAME.partial/…       what it has written

The lock tells a backup that is under way from what a program has left that was killed: the system releases
its locks.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from chatapp.server.storage.data_folder import CannotUse
from chatapp.system.file_locks import try_lock

LOCK = "lock"


@contextmanager
def workspace(target: Path) -> Iterator[Path]:
    """Make the folder for a backup, in place of one that was left behind. At the end it is deleted.

    Raises:
        CannotUse: Another backup of this name is under way, or the folder cannot be used.
    """
    folder = target.with_name(f"{target.name}.partial")
    lock = _claim(folder, target)
    try:
        _delete_contents(folder)
        yield folder
    finally:
        if os.name == "nt":
            lock.close()  # Windows deletes no open file
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def _claim(folder: Path, target: Path) -> IO[bytes]:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        is_other = not (folder / LOCK).exists() and any(folder.iterdir())
    except OSError as error:
        raise CannotUse(f"cannot write {folder}: {error.strerror}") from error
    if is_other:
        raise CannotUse(f"{folder} exists already and is no unfinished backup; name another target")
    lock = (folder / LOCK).open("ab")
    try:
        try_lock(lock.fileno())
    except OSError:
        lock.close()
        raise CannotUse(f"another backup to {target} is under way") from None
    return lock


def _delete_contents(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()
