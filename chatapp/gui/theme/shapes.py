"""Shapes as signed distance functions, and how much of each pixel a shape covers. Does not import tkinter.

A shape is the distance of a point from its edge, negative inside. No distance changes by more than the way
between two points, so one value tells when a whole block of pixels is inside or outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import cos, hypot, inf, radians, sin, sqrt

Point = tuple[float, float]
Shape = Callable[[float, float], float]
Segment = tuple[float, float, float, float, float]  # start, vector to the end, its squared length

GRID = 16.0  # side of the grid on which icons are defined
LARGEST, BLOCK = 32, 4  # side of the largest and the smallest blocks of pixels that are looked at together
HALF_DIAGONAL = 0.5 * 2**0.5  # of a block with the side 1


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


def stroke(width: float, *points: Point) -> Shape:
    """Return a line through points, with round ends."""
    segments = [_segment(*start, *end) for start, end in pairwise(points)]
    return lambda px, py: sqrt(_nearest_squared(px, py, segments)) - width / 2


def union(*shapes: Shape) -> Shape:
    """Return the union of several shapes."""

    def distance(px: float, py: float) -> float:
        nearest = inf
        for shape in shapes:
            found = shape(px, py)
            if found < nearest:
                nearest = found
        return nearest

    return distance


def difference(shape: Shape, hole: Shape) -> Shape:
    """Return the part of a shape that is outside of another one."""
    return lambda px, py: max(shape(px, py), -hole(px, py))


def intersection(one: Shape, other: Shape) -> Shape:
    """Return what two shapes have in common."""
    return lambda px, py: max(one(px, py), other(px, py))


def polygon(*points: Point) -> Shape:
    """Return a filled polygon."""
    edges = list(pairwise((*points, points[0])))
    segments = [_segment(*start, *end) for start, end in edges]

    def distance(px: float, py: float) -> float:
        inside = False
        for (ax, ay), (bx, by) in edges:
            if (ay > py) != (by > py) and px < (bx - ax) * (py - ay) / (by - ay) + ax:
                inside = not inside
        nearest = sqrt(_nearest_squared(px, py, segments))
        return -nearest if inside else nearest

    return distance


def arc(
    x: float, y: float, radius: float, start: float, end: float, steps: int = 10, height: float | None = None
) -> list[Point]:
    """Return points on an arc.

    Args:
        start: Where it begins, in degrees clockwise from the right.
        end: Where it ends.
        height: The vertical radius, if it differs from the horizontal one.
    """
    vertical = radius if height is None else height
    angles = [radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + radius * cos(angle), y + vertical * sin(angle)) for angle in angles]


def scaled(shape: Shape, scale: float) -> Shape:
    """Return a shape enlarged by a factor."""
    return lambda px, py: shape(px / scale, py / scale) * scale


def coverage(shape: Shape, width: int, height: int) -> list[bytearray]:
    """Return rows of pixels: how much of each the shape covers, from 0 to 255. Edges are smooth."""
    rows = [bytearray(width) for _ in range(height)]
    for top in range(0, height, LARGEST):
        for left in range(0, width, LARGEST):
            _cover_block(shape, rows, top, left, LARGEST)
    return rows


def _cover_block(shape: Shape, rows: Sequence[bytearray], top: int, left: int, side: int) -> None:
    """Fill a block of pixels: at once if no edge can be seen in it, else part by part."""
    below, right = min(top + side, len(rows)), min(left + side, len(rows[0]))
    if top >= below or left >= right:
        return
    distance = shape((left + right) / 2, (top + below) / 2)
    if abs(distance) >= side * HALF_DIAGONAL + 0.5:
        if distance < 0:
            for row in rows[top:below]:
                row[left:right] = b"\xff" * (right - left)
    elif side <= BLOCK:
        _cover(shape, rows[top:below], top, left, right)
    else:
        half = side // 2
        for y in (top, top + half):
            for x in (left, left + half):
                _cover_block(shape, rows, y, x, half)


def _cover(shape: Shape, rows: Sequence[bytearray], top: int, left: int, right: int) -> None:
    for y, row in enumerate(rows, top):
        for x in range(left, right):
            cover = 0.5 - shape(x + 0.5, y + 0.5)
            if cover > 0:
                row[x] = round(cover * 255) if cover < 1 else 255


def _segment(ax: float, ay: float, bx: float, by: float) -> Segment:
    dx, dy = bx - ax, by - ay
    return ax, ay, dx, dy, dx * dx + dy * dy or 1.0


def _nearest_squared(px: float, py: float, segments: Sequence[Segment]) -> float:
    """Return the squared distance of a point from the nearest segment. Most of the painting is done here."""
    nearest = inf
    for ax, ay, dx, dy, squared in segments:
        x, y = px - ax, py - ay
        along = (x * dx + y * dy) / squared
        if along >= 1.0:
            x, y = x - dx, y - dy
        elif along > 0.0:
            x, y = x - dx * along, y - dy * along
        found = x * x + y * y
        if found < nearest:
            nearest = found
    return nearest
