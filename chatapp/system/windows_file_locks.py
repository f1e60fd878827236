"""Locks between processes on Windows."""

from __future__ import annotations

import msvcrt
import os
import sys
from pathlib import Path

assert sys.platform == "win32"


def try_lock(descriptor: int) -> None:
    """Lock an open file.

    Raises:
        OSError: Another process holds the lock.
    """
    msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)


def wait_for_lock(path: Path) -> int:
    """Wait at most ten seconds until no other process holds the lock for a file.

    Windows cannot lock a folder, so the lock is on `<name>.lock` beside the file.

    Returns:
        A descriptor that holds the lock until it is closed.

    Raises:
        OSError: The lock file cannot be opened, or another process has held the lock all the time.
    """
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
