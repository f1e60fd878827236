"""Icons and rounded boxes, drawn in code as PNG at the size the display needs. Does not import tkinter.

A shape is a signed distance function: the distance of a point from its edge in pixels, negative inside.
Edges are smoothed over one pixel. Icons are defined on a grid of 16 by 16, so each is one row of a table.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from itertools import pairwise
from math import hypot

Shape = Callable[[float, float], float]
Layer = tuple[Shape, str]  # shape and colour; later layers cover earlier ones

GRID = 16.0  # side of the grid on which icons are defined


def disc(x: float, y: float, radius: float) -> Shape:
    """Return a filled circle."""
    return lambda px, py: hypot(px - x, py - y) - radius


def box(left: float, top: float, right: float, bottom: float, radius: float) -> Shape:
    """Return a filled box with round corners."""
    x, y = (left + right) / 2, (top + bottom) / 2
    half_width, half_height = (right - left) / 2 - radius, (bottom - top) / 2 - radius

    def distance(px: float, py: float) -> float:
        dx, dy = abs(px - x) - half_width, abs(py - y) - half_height
        return hypot(max(dx, 0.0), max(dy, 0.0)) + min(max(dx, dy), 0.0) - radius

    return distance


def rim(shape: Shape, width: float) -> Shape:
    """Return the border of a shape, `width` pixels inwards from its edge."""
    return lambda px, py: abs(shape(px, py) + width / 2) - width / 2


def stroke(width: float, *points: tuple[float, float]) -> Shape:
    """Return a line through points, with round ends."""
    parts = list(pairwise(points))

    def distance(px: float, py: float) -> float:
        return min(_from_segment(px, py, *start, *end) for start, end in parts) - width / 2

    return distance


def union(*shapes: Shape) -> Shape:
    """Return the union of several shapes."""
    return lambda px, py: min(shape(px, py) for shape in shapes)


_LOCK_BODY = box(3, 7.2, 13, 14, 2)

ICONS: dict[str, Shape] = {
    "disc": disc(8, 8, 6),
    "ring": rim(disc(8, 8, 6), 2.4),
    "down": stroke(1.8, (8, 3), (8, 13), (4, 9), (8, 13), (12, 9)),
    "chevron-down": stroke(1.8, (4, 6), (8, 10), (12, 6)),
    "chevron-right": stroke(1.8, (6, 4), (10, 8), (6, 12)),
    "lock": union(_LOCK_BODY, rim(box(4.8, 2, 11.2, 11, 3.2), 1.7)),
    "unlock": union(_LOCK_BODY, stroke(1.7, (5.6, 8), (5.6, 4.2), (7, 2.9), (9, 2.9), (10.4, 4.2))),
    "leave": union(
        stroke(1.6, (9, 3), (3, 3), (3, 13), (9, 13)),
        stroke(1.6, (6.5, 8), (13.5, 8), (10.5, 5), (13.5, 8), (10.5, 11)),
    ),
    "check": stroke(2.2, (3.5, 8.5), (6.8, 11.8), (12.5, 4.8)),
}


def icon(name: str, colour: str, size: int) -> bytes:
    """Return an icon of ICONS as a square PNG, `size` pixels wide and high."""
    return paint(size, size, *sized(size, [(ICONS[name], colour)]))


def app_icon(size: int) -> bytes:
    """Return the application icon: a speech bubble with two lines of text on a blue tile."""
    tile = box(0, 0, 16, 16, 3.6)
    bubble = box(3, 3.4, 13, 10.8, 2.2)
    tail = stroke(1.6, (5.6, 10), (5.2, 12.6), (8, 10.2))
    long, short = (stroke(1.1, (5.2, y), (end, y)) for y, end in ((6.0, 10.8), (8.3, 9.0)))
    blue, white = "#2f6fe0", "#ffffff"
    layers = [(tile, blue), (bubble, white), (tail, white), (long, blue), (short, blue)]
    return paint(size, size, *sized(size, layers))


def sized(size: int, layers: Iterable[Layer]) -> list[Layer]:
    """Scale layers from the grid of 16 to a square of `size` pixels."""
    return [(_scaled(shape, size / GRID), colour) for shape, colour in layers]


def nine_patch(radius: float, fill: str, border: str, width: float, ring: str = "") -> bytes:
    """Return a nine-patch PNG: a box with round corners whose middle can be stretched.

    Args:
        radius: The radius of the corners, in pixels; see `nine_patch_size` for the image.
        fill: Colour inside, "" for none.
        border: Colour of the border, "" for none.
        width: The width of the border, in pixels.
        ring: Colour of a second line inside the border, for the focus of a filled button; "" for none.
    """
    size = nine_patch_size(radius)
    outline = box(0, 0, size, size, radius)
    layers: list[Layer] = [(outline, fill)] if fill else []
    if border:
        layers.append((rim(outline, width), border))
    if ring:
        inner = box(width, width, size - width, size - width, max(radius - width, 0))
        layers.append((rim(inner, width), ring))
    return paint(size, size, *layers)


def nine_patch_size(radius: float) -> int:
    """Return the side of a nine-patch in pixels: two corners and a middle of two pixels."""
    return 2 * (int(radius) + 1) + 2


def paint(width: int, height: int, *layers: Layer) -> bytes:
    """Return the layers as a PNG with transparency."""
    colours = [(shape, tuple(bytes.fromhex(colour[1:]))) for shape, colour in layers]
    rows = bytearray()
    for y in range(height):
        rows.append(0)  # no filter
        for x in range(width):
            red = green = blue = alpha = 0.0
            for shape, colour in colours:
                cover = min(max(0.5 - shape(x + 0.5, y + 0.5), 0.0), 1.0)
                if cover:
                    under = alpha * (1 - cover)
                    alpha = cover + under
                    red, green, blue = (
                        (new * cover + old * under) / alpha
                        for new, old in zip(colour, (red, green, blue), strict=True)
                    )
            rows += bytes((round(red), round(green), round(blue), round(alpha * 255)))
    return _png(width, height, bytes(rows))


def _scaled(shape: Shape, scale: float) -> Shape:
    return lambda px, py: shape(px / scale, py / scale) * scale


def _from_segment(px: float, py: float, ax: float, ay: float, bx: float, by: float) -> float:
    dx, dy = bx - ax, by - ay
    along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy or 1.0)
    along = min(max(along, 0.0), 1.0)
    return hypot(px - ax - dx * along, py - ay - dy * along)


def _png(width: int, height: int, rows: bytes) -> bytes:
    """Encode rows of RGBA pixels as PNG.

    Source:
        PNG specification, section 5: a signature and three chunks.
    """
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)  # 8 bits, red green blue alpha
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
