"""A JSON table in a file that is the user's alone: read whole, written whole or not at all.

A file that cannot be read is put aside as `<name>.broken`, never overwritten.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

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
