"""A JSON table in a file that is the user's alone: read whole, written whole or not at all.

A file that cannot be read is put aside as `<name>.broken`, never overwritten.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from chatapp.system.file_locks import wait_for_lock

log = logging.getLogger(__name__)


def load(path: Path) -> dict[str, Any]:
    """What the file says; nothing where it is missing or broken."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(read, dict):
            raise ValueError("no table")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        log.warning("%s cannot be read, so the defaults are taken: %s", path, error)
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".broken"))
        return {}
    return read


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes from reading a table that we are about to change, and from writing it.

    Where that cannot be done, such as on a file system without locks, it is done without.
    """
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = wait_for_lock(path)
    except OSError as error:
        log.info("%s cannot be locked: %s", path, error)
        yield
        return
    try:
        yield
    finally:
        os.close(descriptor)  # that ends the lock


def save(path: Path, table: Mapping[str, Any]) -> None:
    """Raises  OSError"""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(table, indent=2, ensure_ascii=False)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # of mode 0600
    try:
        with open(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise
