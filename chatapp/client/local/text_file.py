"""Writes a text file whole or not at all, and says in plain words why it could not be written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from chatapp.client.files.disk_errors import why_not_written
from chatapp.languages.translation import _
from chatapp.system.whole_files import write_text_whole


def write_text(path: Path, pieces: Iterable[str]) -> str:
    """Write the file; return why it could not be written, as a sentence, or an empty string.

    A file that exists is replaced only by a complete one.
    """
    try:
        write_text_whole(path, pieces)
    except OSError as error:
        reason = why_not_written(error)
        return _("{name} could not be written. {reason}").format(name=path.name, reason=reason)
    return ""


def write_text_soon(path: Path, pieces: Iterable[str], done: Callable[[str], object]) -> None:
    """Write the file in a thread, since a disk may be slow.

    Args:
        done: Called with what `write_text` returns. Thread: the new one.
    """
    threading.Thread(target=lambda: done(write_text(path, pieces)), name="text file", daemon=True).start()
