"""Files and pictures in the clipboard of X11 or Wayland, by the program that is installed for it.

Source: ICCCM section 2 (TARGETS); text/uri-list; x-special/gnome-copied-files (file managers of GTK)
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from chatapp.system.clipboard_contents import FILE_KINDS, PICTURE_KIND, PNG_START, ClipboardContents, Fallback
from chatapp.system.file_addresses import paths_of_uris
from chatapp.system.tools import output_of

LIST_SECONDS, READ_SECONDS = 2.0, 10.0


def read_clipboard(wants_picture: bool, fallback: Fallback) -> ClipboardContents:
    """Return the files in the clipboard, or its picture; see `clipboard`."""
    kinds = [*FILE_KINDS, *([PICTURE_KIND] if wants_picture else [])]
    kind, data = _read_by_program(kinds) or fallback(kinds)
    if kind in FILE_KINDS:
        lines = data.decode(errors="surrogateescape").replace("\0", "\n").splitlines()
        return ClipboardContents(paths_of_uris(lines))
    return ClipboardContents(picture=data if data.startswith(PNG_START) else b"")


def _read_by_program(kinds: Sequence[str]) -> tuple[str, bytes] | None:
    """Return the first of these types that there is, and its data; None without a program for that."""
    if os.environ.get("WAYLAND_DISPLAY") and shutil.which("wl-paste"):
        list_kinds, read = ["wl-paste", "--list-types"], ["wl-paste", "--no-newline", "--type"]
    elif shutil.which("xclip"):
        list_kinds = ["xclip", "-selection", "clipboard", "-o", "-t", "TARGETS"]
        read = ["xclip", "-selection", "clipboard", "-o", "-t"]
    else:
        return None
    offered = output_of(list_kinds, LIST_SECONDS).decode(errors="replace").split()
    kind = next((each for each in kinds if each in offered), "")
    return kind, output_of([*read, kind], READ_SECONDS) if kind else b""
