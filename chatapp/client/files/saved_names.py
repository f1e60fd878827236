"""Names under which files are saved: harmless on every system, and never one that is taken.

../../.bashrc       bashrc
report\\u202efdp.exe  reportfdp.exe      the mark makes it look like “reportexe.pdf”
CON.txt             _CON.txt           a device on Windows
plan.pdf            plan (2).pdf       if there is a plan.pdf
"""

from __future__ import annotations

import os
import re
from pathlib import Path

LONGEST_BYTES = 240  # of a name: most systems take 255, and a number or `.part` may be added
NAMELESS = "file"
PART = ".part"  # at the end of the name of a file that is not complete

_SEPARATORS = re.compile(r"[/\\]")
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_FORBIDDEN = re.compile(r'[<>:"|?*\ud800-\udfff]')
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|$)", re.IGNORECASE
)


def safe_name(name: str) -> str:
    """Return a name under which a file can be saved on every system, from one that somebody else chose."""
    name = _INVISIBLE.sub("", _SEPARATORS.split(name)[-1])
    name = _FORBIDDEN.sub("_", name).lstrip(". ").rstrip(". ")
    name = _shortened(name or NAMELESS)
    return f"_{name}" if _DEVICES.match(name) else name


def free_path(folder: Path, name: str) -> Path:
    """Return a path in a folder where there is no file yet, and none that is being downloaded.

    Args:
        name: A safe one.
    """
    stem, suffix = _split(name)
    path, number = folder / name, 1
    while os.path.lexists(path) or os.path.lexists(part_of(path)):
        number += 1
        path = folder / f"{stem} ({number}){suffix}"
    return path


def part_of(path: Path) -> Path:
    """Return the path of a file while it is not complete."""
    return path.with_name(path.name + PART)


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST_BYTES:
        return name
    stem, suffix = _split(name)
    room = LONGEST_BYTES - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + suffix


def _split(name: str) -> tuple[str, str]:
    """Split a name before its suffix; `.tar.gz` is one."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix.encode()) > 20:
        return name, ""
    if stem.lower().endswith(".tar"):
        return stem[:-4], f"{stem[-4:]}{dot}{suffix}"
    return stem, dot + suffix
