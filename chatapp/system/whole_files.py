"""Replaces a file completely or not at all, so that no other program reads a part of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
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


def write_text_whole(file: Path, pieces: Iterable[str]) -> None:
    """Write a text that only the user can read into a folder that exists, and wait until the disk has it.

    Args:
        pieces: The text. Its parts need not be in memory together.

    Raises:
        OSError: It cannot be written; an earlier file is still there.
    """
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name[:40]}.", suffix=".new")
    try:
        with open(descriptor, "w", encoding="utf-8", errors="replace", newline="") as new:
            new.writelines(pieces)
            new.flush()
            os.fsync(new.fileno())
        os.replace(name, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
