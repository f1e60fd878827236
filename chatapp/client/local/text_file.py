"""Writes a text file whole or not at all, and says in plain words why it could not be written."""

from __future__ import annotations

import errno
import os
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from chatapp.languages.translation import N_, _

_IN_WORDS = {
    errno.ENOSPC: N_("The disk is full."),
    errno.EDQUOT: N_("You have used all the space that you may use on this disk."),
    errno.EACCES: N_("You do not have permission to write there."),
    errno.EPERM: N_("You do not have permission to write there."),
    errno.EROFS: N_("Nothing can be written to this disk."),
    errno.ENOENT: N_("This folder does not exist any more."),
    errno.EFBIG: N_("The file would be too large for this disk."),
    errno.ENAMETOOLONG: N_("The name of the file is too long."),
}


def write_text(path: Path, pieces: Iterable[str]) -> str:
    """Write the file; return why it could not be written, as a sentence, or an empty string.

    A file that exists is replaced only by a complete one.
    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        reason = _(_IN_WORDS.get(error.errno or 0, "")) or f"{error.strerror or error}."
        return _("{name} could not be written. {reason}").format(name=path.name, reason=reason)
    return ""


def write_text_soon(path: Path, pieces: Iterable[str], done: Callable[[str], object]) -> None:
    """Write the file in a thread, since a disk may be slow.

    Args:
        done: Called with what `write_text` returns. Thread: the new one.
    """
    threading.Thread(target=lambda: done(write_text(path, pieces)), name="text file", daemon=True).start()
