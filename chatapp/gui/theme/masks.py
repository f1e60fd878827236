"""Pictures in one colour: painted once per size as a mask of opacities, kept on disk, coloured when used.

Painting an icon takes milliseconds, giving a mask another colour microseconds. Does not import tkinter.
"""

from __future__ import annotations

import logging
import os
import pkgutil
import zlib
from functools import cache, lru_cache
from pathlib import Path
from shutil import rmtree

from chatapp.gui.theme import png
from chatapp.gui.theme.icon_shapes import ICONS
from chatapp.gui.theme.letter_shapes import PARTS
from chatapp.gui.theme.shapes import GRID, coverage, scaled

SHAPES = ICONS | PARTS
SOURCES = ("shapes.py", "icon_shapes.py", "letter_shapes.py")  # what masks depend on
PREFIX = "icons-"  # of the folder with the masks of one version of the sources
CHECKSUM = 4  # bytes at the begin of a file

log = logging.getLogger(__name__)


class Masks:
    """The masks of icons and of the parts of avatars.

    A folder that cannot be read or written, or holds broken files, costs time and nothing else.

    Args:
        folder: Where masks are kept; without one they are painted in every run.
    """

    def __init__(self, folder: Path | None = None) -> None:
        version = _version() if folder else ""
        self._folder = folder / (PREFIX + version) if folder and version else None
        self._writable = self._folder is not None

    def image(self, name: str, size: int, colour: str) -> bytes:
        """Return a shape of SHAPES as a square PNG, `size` pixels wide and high."""
        return png.from_mask(size, size, colour, self._mask(name, size))

    def _mask(self, name: str, size: int) -> bytes:
        kept = self._read(name, size)
        if kept:
            return kept
        mask = _paint(name, size)
        self._write(name, size, mask)
        return mask

    def _read(self, name: str, size: int) -> bytes:
        if self._folder is None:
            return b""
        try:
            data = _file(self._folder, name, size).read_bytes()
        except OSError:
            return b""
        mask = data[CHECKSUM:]
        return mask if data[:CHECKSUM] == _checksum(mask) else b""

    def _write(self, name: str, size: int, mask: bytes) -> None:
        if self._folder is None or not self._writable:
            return
        file = _file(self._folder, name, size)
        new = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(parents=True)
                _remove_old_versions(self._folder)
            new.write_bytes(_checksum(mask) + mask)
            new.replace(file)  # another window may read it at the same time
        except OSError as error:
            self._writable = False
            log.info("icons are not kept in %s: %s", self._folder, error.strerror)


@lru_cache(maxsize=1024)
def _paint(name: str, size: int) -> bytes:
    """Return rows of opacities as PNG has them, compressed."""
    rows = coverage(scaled(SHAPES[name], size / GRID), size, size)
    return zlib.compress(b"".join(b"\0" + row for row in rows))  # 0: no filter


@cache
def _version() -> str:
    """Return the version of the masks, which changes with the sources; "" if they cannot be read."""
    try:
        sources = [pkgutil.get_data(__package__, name) or b"" for name in SOURCES]
    except OSError:
        return ""
    return f"{zlib.crc32(b''.join(sources)):08x}"


def _file(folder: Path, name: str, size: int) -> Path:
    return folder / f"{name}-{size}"


def _checksum(mask: bytes) -> bytes:
    return zlib.crc32(mask).to_bytes(CHECKSUM, "big")


def _remove_old_versions(folder: Path) -> None:
    for other in folder.parent.glob(PREFIX + "*"):
        if other != folder and other.is_dir() and not other.is_symlink():
            rmtree(other, ignore_errors=True)
