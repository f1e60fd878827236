"""The first window of the process, created with fonts that can draw emoji safely and fast.

libXft keeps the pictures of characters that it has drawn, up to a limit. It counts that of a colour emoji as
256 times its size. With its own limit it keeps one or two, and decodes the others from the font again when
they are measured or drawn. The limit is an X resource, and Xlib also reads the file that XENVIRONMENT names.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import tkinter as tk
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tkinter import font as tkfont

from chatapp.gui.theme import emoji

XENVIRONMENT = "XENVIRONMENT"  # environment variable that names a file of X resources
MEMORY = 2_000_000_000  # about 8 MB of emoji
log = logging.getLogger(__name__)


def create_root(folder: Path) -> tk.Tk:
    """Create the first window of the process.

    Args:
        folder: Where files about fonts can be written.

    Raises:
        TclError: There is no display.
    """
    with emoji.without_colour_fonts(folder), _room_for_emoji(folder):
        root = tk.Tk(className="Chatapp")
        tkfont.nametofont("TkDefaultFont", root).measure("x")  # makes libXft read its limit
    return root


@contextmanager
def _room_for_emoji(folder: Path) -> Iterator[None]:
    """Set the limit of libXft for windows that are created inside this context."""
    before = os.environ.get(XENVIRONMENT)
    file = folder / "x-resources"
    if (
        sys.platform in ("win32", "darwin")
        or not emoji.can_be_drawn()
        or not _write(file, _resources(before))
    ):
        yield
        return
    os.environ[XENVIRONMENT] = str(file)
    try:
        yield
    finally:  # programs that are started from here read their own
        if before is None:
            del os.environ[XENVIRONMENT]
        else:
            os.environ[XENVIRONMENT] = before


def _resources(before: str | None) -> str:
    """Return the limit, then what Xlib would have read: the user's own limit wins."""
    others = before or os.path.expanduser(f"~/.Xdefaults-{socket.gethostname()}")
    return f'Xft.maxglyphmemory: {MEMORY}\n#include "{others}"\n'


def _write(file: Path, text: str) -> bool:
    """Write a file unless it is written already; another window may be reading it."""
    try:
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        log.warning("cannot write %s, so emoji are drawn slowly: %s", file, error)
        return False
    return True
