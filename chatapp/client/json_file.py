"""A JSON object in a file that only the user can read. It is written completely or not at all.

A file that cannot be read is renamed to `<name>.broken`, never overwritten.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from chatapp.system.file_locks import wait_for_lock
from chatapp.system.whole_files import write_text_whole

log = logging.getLogger(__name__)


def load(path: Path) -> dict[str, Any]:
    """Return the object in the file; an empty one if the file is missing or broken."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(read, dict):
            raise ValueError("not a JSON object")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        log.warning("%s cannot be read, so the defaults are used: %s", path, error)
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".broken"))
        return {}
    return read


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Lock a file while it is read and written again, so that other processes do not change it meanwhile.

    Without support for locks, as on some file systems, the block runs without a lock.
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
        os.close(descriptor)  # releases the lock


def save(path: Path, table: Mapping[str, Any]) -> None:
    """Replace the file with this object.

    Raises:
        OSError: The file cannot be written; the old one is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text_whole(path, (json.dumps(table, indent=2, ensure_ascii=False), "\n"))
