"""Pictures in one colour: painted once per size as a mask of opacities, kept on disk, coloured when used.

Painting an icon takes milliseconds, giving a mask another colour microseconds. Does not import tkinter.
"""

from __future__ import annotations

import logging
import os
import pkgutil
import zlib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from shutil import rmtree

from chatapp.gui.theme import icons, png
from chatapp.gui.theme.control_shapes import CONTROLS
from chatapp.gui.theme.icon_shapes import ICONS
from chatapp.gui.theme.letter_shapes import PARTS
from chatapp.gui.theme.shapes import GRID, Shape, box, coverage, rim, scaled

SHAPES = ICONS | PARTS | CONTROLS
SOURCES = ("shapes.py", "icon_shapes.py", "letter_shapes.py", "control_shapes.py", "icons.py")
"""What the files of the folder depend on."""
PREFIX = "icons-"  # of the folder with the masks of one version of the sources
CHECKSUM = 4  # bytes at the begin of a file

log = logging.getLogger(__name__)


def patch_size(radius: int) -> int:
    """Return the side of the smallest box with round corners: two corners and a middle, in pixels."""
    return 2 * (radius + 1) + 2


class Masks:
    """The masks of icons, of the parts of avatars and controls, and of round corners.

    A folder that cannot be read or written, or holds broken files, costs time and nothing else.

    Args:
        folder: Where masks are kept; without one they are painted in every run.
    """

    def __init__(self, folder: Path | None = None) -> None:
        version = _version() if folder else ""
        self._folder = folder / (PREFIX + version) if folder and version else None
        self._writable = self._folder is not None
        self._corners: dict[str, bytes] = {}  # a theme has a few, in dozens of colours

    def image(self, name: str, size: int, colour: str) -> bytes:
        """Return a shape of SHAPES as a square PNG, `size` pixels wide and high."""
        mask = self._kept(f"{name}-{size}", lambda: _paint(name, size))
        return png.from_mask(size, size, colour, mask)

    def app_icon(self, size: int, count: str = "") -> bytes:
        """Return the icon of the application as a PNG, in several colours, which is kept like a mask.

        Args:
            count: What stands in its badge; "" for no badge.
        """
        return self._kept(f"app-{size}{count and '-'}{count}", lambda: icons.app_icon(size, count))

    def corners(self, radius: int, inset: int, line: int, colour: str) -> bytes:
        """Return a square PNG of `patch_size(radius)` pixels: four round corners, of which boxes are made.

        Args:
            inset: Distance of the shape from the edge, in pixels.
            line: Width of the line inside the edge, in pixels; 0 fills the shape.
        """
        size = patch_size(radius)
        name = f"corners-{radius}-{inset}-{line}"
        mask = self._corners.get(name)
        if mask is None:
            mask = self._corners[name] = self._kept(name, lambda: _paint_corners(radius, inset, line))
        return png.from_mask(size, size, colour, mask)

    def _kept(self, name: str, paint: Callable[[], bytes]) -> bytes:
        """Return what is kept under a name; paint it if nothing is."""
        kept = self._read(name)
        if kept:
            return kept
        painted = paint()
        self._write(name, painted)
        return painted

    def _read(self, name: str) -> bytes:
        if self._folder is None:
            return b""
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return b""
        mask = data[CHECKSUM:]
        return mask if data[:CHECKSUM] == _checksum(mask) else b""

    def _write(self, name: str, mask: bytes) -> None:
        if self._folder is None or not self._writable:
            return
        file = self._folder / name
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
    return _rows(scaled(SHAPES[name], size / GRID), size)


@lru_cache(maxsize=256)
def _paint_corners(radius: int, inset: int, line: int) -> bytes:
    size = patch_size(radius)
    shape = box(inset, inset, size - inset, size - inset, max(radius - inset, 0))
    return _rows(rim(shape, line) if line else shape, size)


def _rows(shape: Shape, size: int) -> bytes:
    """Return rows of opacities as PNG has them, compressed."""
    rows = coverage(shape, size, size)
    return zlib.compress(b"".join(b"\0" + row for row in rows))  # 0: no filter


@cache
def _version() -> str:
    """Return the version of the masks, which changes with the sources; "" if they cannot be read."""
    try:
        sources = [pkgutil.get_data(__package__, name) or b"" for name in SOURCES]
    except OSError:
        return ""
    return f"{zlib.crc32(b''.join(sources)):08x}"


def _checksum(mask: bytes) -> bytes:
    return zlib.crc32(mask).to_bytes(CHECKSUM, "big")


def _remove_old_versions(folder: Path) -> None:
    for other in folder.parent.glob(PREFIX + "*"):
        if other != folder and other.is_dir() and not other.is_symlink():
            rmtree(other, ignore_errors=True)
