"""Pictures in several colours, drawn in code as PNG at the size the display needs.

Does not import tkinter. Pictures in one colour are masks, see `chatapp.gui.theme.masks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chatapp.gui.theme import png
from chatapp.gui.theme.letter_shapes import badge
from chatapp.gui.theme.shapes import GRID, Shape, box, coverage, disc, scaled, stroke

Layer = tuple[Shape, str]  # shape and colour; later layers cover earlier ones
Pixel = tuple[float, float, float, float]  # red, green, blue, opacity

NOTHING: Pixel = (0.0, 0.0, 0.0, 0.0)
WHOLE = 255  # a pixel that a shape covers completely
_COVERED = re.compile(rb"\xff+|[^\x00\xff]")  # pixels that are covered, one by one at the edges


def app_icon(size: int, count: str = "") -> bytes:
    """Return the application icon: a speech bubble with two lines of text on a blue tile.

    Args:
        count: What stands in a red badge on it: a digit, or `9+`; "" for no badge.
    """
    tile = box(0, 0, 16, 16, 3.6)
    bubble = box(3, 3.4, 13, 10.8, 2.2)
    tail = stroke(1.6, (5.6, 10), (5.2, 12.6), (8, 10.2))
    long, short = (stroke(1.1, (5.2, y), (end, y)) for y, end in ((6.0, 10.8), (8.3, 9.0)))
    blue, white = "#2f6fe0", "#ffffff"
    layers = [(tile, blue), (bubble, white), (tail, white), (long, blue), (short, blue)]
    if count:
        red, written = badge(count, 10.9, 10.9, 4.7)
        layers += [(disc(10.9, 10.9, 5.1), white), (red, "#d92d3a"), (written, white)]
    return paint(size, size, *sized(size, layers))


def sized(size: int, layers: Iterable[Layer]) -> list[Layer]:
    """Scale layers from the grid of 16 to a square of `size` pixels."""
    return [(scaled(shape, size / GRID), colour) for shape, colour in layers]


def paint(width: int, height: int, *layers: Layer) -> bytes:
    """Return the layers as a PNG with transparency."""
    pixels = [[NOTHING] * width for _ in range(height)]
    for shape, colour in layers:
        red, green, blue = bytes.fromhex(colour[1:])
        for row, covers in zip(pixels, coverage(shape, width, height), strict=True):
            for run in _COVERED.finditer(covers):
                start, end = run.span()
                if covers[start] == WHOLE:
                    row[start:end] = [(red, green, blue, 1.0)] * (end - start)
                else:
                    row[start] = _over(row[start], (red, green, blue), covers[start] / WHOLE)
    made: dict[Pixel, bytes] = {}  # most pixels are one of a few
    rows = bytearray()
    for row in pixels:
        rows.append(0)  # no filter
        for pixel in row:
            data = made.get(pixel)
            if data is None:
                *colours, opacity = pixel
                data = made[pixel] = bytes((*map(round, colours), round(opacity * 255)))
            rows += data
    return png.from_rgba(width, height, bytes(rows))


def _over(pixel: Pixel, colour: tuple[float, float, float], cover: float) -> Pixel:
    """Return a pixel of which a part is covered by a colour."""
    *old, alpha = pixel
    under = alpha * (1 - cover)
    total = cover + under
    red, green, blue = (
        (above * cover + below * under) / total for above, below in zip(colour, old, strict=True)
    )
    return red, green, blue, total
