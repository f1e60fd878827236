"""Makes the thumbnail that the sender of a picture adds, as large as its limit of bytes allows."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from chatapp.client.files.image_headers import image_header
from chatapp.system.picture_tools import KINDS, Converter

MOST_BYTES = 60_000
MOST_PIXELS = 40_000_000  # of the picture; a larger one is not opened
MOST_FOREIGN_PIXELS = 10_000_000  # of one that somebody else has sent, and that is opened without a click

FEWER_COLOURS = 0.3  # of the bytes of a photograph, at least

STEPS = (  # width, height, colours: 0 for all
    (640, 400, 0), (640, 400, 256), (480, 300, 256), (400, 250, 256), (320, 200, 256), (320, 200, 64),
    (240, 150, 256), (200, 125, 64), (128, 80, 64),
)  # fmt: skip


class SmallPictures(NamedTuple):
    """Two PNG pictures; empty if none could be made.

    Attributes:
        shared: At most 640 x 400 pixels and 60,000 bytes, for those who get the file.
        row: For the row in the composer.
    """

    shared: bytes = b""
    row: bytes = b""


def is_picture(source: Path | bytes, most_pixels: int = MOST_PIXELS) -> bool:
    """Return whether a thumbnail can be made of a file, as far as its start tells.

    Raises:
        OSError: It cannot be read.
    """
    with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        header = image_header(file)
    return header is not None and header.media_type in KINDS and header.width * header.height <= most_pixels


def make_thumbnails(source: Path | bytes, converters: Sequence[Converter], row_side: int) -> SmallPictures:
    """Make the thumbnails of a picture; this takes some seconds at most.

    Args:
        converters: Tried in this order until one can do it.
        row_side: How wide and high the picture in the row of the composer is at most, in pixels; 0 for none.
    """
    try:
        if not is_picture(source):
            return SmallPictures()
        with tempfile.TemporaryDirectory(prefix="chatapp-") as folder:
            if isinstance(source, bytes):
                path = Path(folder) / "pasted"
                path.write_bytes(source)
            else:
                path = source.absolute()
            return _by_one_of(path, Path(folder) / "small.png", converters, row_side)
    except OSError:
        return SmallPictures()


def _by_one_of(source: Path, small: Path, converters: Sequence[Converter], row_side: int) -> SmallPictures:
    with source.open("rb") as file:
        header = image_header(file)
    assert header is not None
    for convert in converters:
        first = convert(source, header.media_type, *STEPS[0])
        if not _fits(first, len(first)):
            continue
        small.write_bytes(first)  # the others are made of this one, which is faster
        shared = first if _fits(first) else b""
        for step in STEPS[1:]:
            if shared:
                break
            if _estimate(len(first), step) > MOST_BYTES and step is not STEPS[-1]:
                continue
            made = convert(small, "image/png", *step)
            shared = made if _fits(made) else b""
        row = convert(small, "image/png", row_side, row_side, 0) if row_side else b""
        return SmallPictures(shared, row if _fits(row) else b"")
    return SmallPictures()


def _estimate(size: int, step: tuple[int, int, int]) -> float:
    """Return about how many bytes a step gives, from the bytes of the first one."""
    width, height, colours = step
    share = width * height / (STEPS[0][0] * STEPS[0][1])
    return size * share * (FEWER_COLOURS if colours else 1)


def _fits(data: bytes, most: int = MOST_BYTES) -> bool:
    """Return whether this is a PNG that may be shared."""
    if not data or len(data) > most:
        return False
    header = image_header(BytesIO(data))
    width, height, _colours = STEPS[0]
    return (
        header is not None
        and header.media_type == "image/png"
        and header.width <= width
        and header.height <= height
    )
