"""Locks between processes on every system but Windows."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path

assert sys.platform != "win32"


def try_lock(descriptor: int) -> None:
    """Lock an open file.

    Raises:
        OSError: Another process holds the lock.
    """
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def wait_for_lock(path: Path) -> int:
    """Wait until no other process holds the lock for a file. The lock is on the folder of the file.

    Returns:
        A descriptor that holds the lock until it is closed.

    Raises:
        OSError: The folder cannot be opened, or the file system has no locks.
    """
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
