"""Files and pictures in a clipboard, in the same form on every system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE_KINDS, PICTURE_KIND = ("x-special/gnome-copied-files", "text/uri-list"), "image/png"  # on X11
PNG_START = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class ClipboardContents:
    """What can be sent as a file.

    Attributes:
        paths: Files that were copied.
        picture: A PNG; empty for none.
    """

    paths: tuple[Path, ...] = ()
    picture: bytes = b""


Fallback = Callable[[Sequence[str]], tuple[str, bytes]]
"""Returns the first of these types that the clipboard has, and its data; for X11 without its tools."""
