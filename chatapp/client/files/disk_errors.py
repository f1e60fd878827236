"""Why a file could not be read or written, in plain words."""

from __future__ import annotations

import errno

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
_READING_IN_WORDS = {
    errno.EACCES: N_("You do not have permission to read it."),
    errno.EPERM: N_("You do not have permission to read it."),
    errno.ENOENT: N_("It does not exist any more."),
    errno.EISDIR: N_("It is a folder."),
}


def why_not_written(error: OSError) -> str:
    """Return why a file could not be written, as a sentence."""
    return _in_words(error, _IN_WORDS)


def why_not_read(error: OSError) -> str:
    """Return why a file could not be read, as a sentence."""
    return _in_words(error, _READING_IN_WORDS)


def _in_words(error: OSError, words: dict[int, str]) -> str:
    known = words.get(error.errno or 0, "")
    return _(known) if known else f"{error.strerror or error}."
