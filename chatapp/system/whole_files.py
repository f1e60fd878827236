"""Replaces a file completely or not at all, so that no other program reads a part of it."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(file: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file into a folder that exists.

    Args:
        mode: The permissions of the file; None for the usual ones.

    Raises:
        OSError: It cannot be written; an earlier file is still there.
    """
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        new.write_bytes(data)
        if mode is not None:
            new.chmod(mode)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
