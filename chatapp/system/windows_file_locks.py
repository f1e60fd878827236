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
    """Wait until no other process holds the lock for a file, for ten seconds at most.

    A folder cannot be locked here, so `<name>.lock` beside the file is.

    Returns:
        A descriptor that holds the lock until it is closed.

    Raises:
        OSError: The lock file cannot be opened, or another process holds it all the time.
    """
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
