"""Writes a text file whole or not at all, and says in plain words why it could not be written."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from chatapp.languages.translation import N_, _
from chatapp.system.whole_files import write_text_whole

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
    try:
        write_text_whole(path, pieces)
    except OSError as error:
        reason = _(_IN_WORDS.get(error.errno or 0, "")) or f"{error.strerror or error}."
        return _("{name} could not be written. {reason}").format(name=path.name, reason=reason)
    return ""


def write_text_soon(path: Path, pieces: Iterable[str], done: Callable[[str], object]) -> None:
    """Write the file in a thread, since a disk may be slow.

    Args:
        done: Called with what `write_text` returns. Thread: the new one.
    """
    threading.Thread(target=lambda: done(write_text(path, pieces)), name="text file", daemon=True).start()
