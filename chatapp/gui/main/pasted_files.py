"""Finds out whether what was pasted is a file: copied files, a picture, or a text that is a path.

Does not import tkinter; `find` is for another thread than that of the window.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatapp.languages.translation import _, ngettext
from chatapp.system.clipboard import read_clipboard
from chatapp.system.clipboard_contents import Fallback
from chatapp.system.file_addresses import MOST_LINES, paths_in

LONGEST_NAME = 255  # characters


@dataclass(frozen=True, slots=True)
class PastedFiles:
    """What can be sent in place of the pasted text.

    Attributes:
        paths: Files that were copied, which the user wants to send.
        picture: A PNG; empty for none.
        named: Files of which the text is the path; the user may want to send them, or the text.
    """

    paths: tuple[Path, ...] = ()
    picture: bytes = b""
    named: tuple[Path, ...] = ()


def may_be_files(text: str) -> bool:
    """Return whether the clipboard has to be asked for files after this text was pasted."""
    if not text or paths_in(text):
        return True
    lines = text.splitlines()
    # macOS gives the names of copied files as their text
    is_short = len(lines) <= MOST_LINES and all(0 < len(line) <= LONGEST_NAME for line in lines)
    return sys.platform == "darwin" and is_short


def find(text: str, fallback: Fallback) -> PastedFiles:
    """Return the files for a pasted text, or for the picture where there is no text.

    Args:
        fallback: See `read_clipboard`.
    """
    found = read_clipboard(wants_picture=not text, fallback=fallback)
    if found.paths or found.picture:
        return PastedFiles(found.paths, found.picture)
    named = paths_in(text)
    return PastedFiles(named=named if all(map(_is_file, named)) else ())


def picture_name(now: float, taken: Iterable[str]) -> str:
    """Return a name for a pasted picture that no file in the composer has."""
    stem = _("picture {time}").format(time=time.strftime("%Y-%m-%d %H.%M", time.localtime(now)))
    names, number = set(taken), 1
    while (name := f"{stem} ({number}).png" if number > 1 else f"{stem}.png") in names:
        number += 1
    return name


def offer_label(paths: Sequence[Path]) -> str:
    """Return the label of the button that attaches the files of a pasted path."""
    if len(paths) == 1:
        return _("Attach {name}").format(name=paths[0].name)
    return ngettext("Attach {count} file", "Attach {count} files", len(paths)).format(count=len(paths))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
