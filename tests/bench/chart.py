"""A chart of measured curves as SVG, with logarithmic axes: a power law is a straight line there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from statistics import linear_regression

from tests.bench.report import format_number

WIDTH, HEIGHT = 760, 480
LEFT, RIGHT, TOP, BOTTOM = 80, 50, 90, 60  # margins around the plot
COLOURS = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#e69f00",
)  # differ for the colour-blind too
GRID = 'stroke="#dddddd"'
LEGEND_ROW = 18
FEW_DECADES = 2  # up to this many, 2 and 5 are marked too
MOST_MARKS = 9  # on one axis; of more decades only every second, third … is marked
_RADIUS = 4

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A named curve. Points that are not above 0 have no logarithm and are left out."""

    label: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis from one power of ten to another.

    Args:
        low, high: The exponents.
        start, end: The coordinates of both ends.
    """

    low: int
    high: int
    start: float
    end: float

    @classmethod
    def around(cls, values: Sequence[float], start: float, end: float) -> _Axis:
        """Return the shortest axis with all values."""
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return cls(low, max(high, low + 1), start, end)

    def place(self, value: float) -> float:
        """Return the coordinate of a value."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def marks(self) -> list[float]:
        """Return the values that are marked."""
        decades = self.high - self.low
        step = math.ceil((decades + 1) / MOST_MARKS)
        factors = (1, 2, 5) if decades <= FEW_DECADES else (1,)
        exponents = range(self.low, self.high + 1, step)
        made = [factor * 10.0**exponent for exponent in exponents for factor in factors]
        return [value for value in made if value <= 10.0**self.high]


def slope(points: Sequence[Point], last: int = 3) -> float:
    """Return the exponent of the power law that fits the last points best: 1 where cost grows as the amount.

    Raises:
        ValueError: There are fewer than two points above 0.
    """
    logarithms = [(math.log(x), math.log(y)) for x, y in _drawable(points)[-last:]]
    amounts, costs = [x for x, _ in logarithms], [y for _, y in logarithms]
    return linear_regression(amounts, costs).slope


def draw(title: str, x_title: str, y_title: str, curves: Sequence[Curve]) -> str:
    """Return a chart of the curves, with a legend."""
    drawable = [Curve(curve.label, _drawable(curve.points)) for curve in curves]
    points = [point for curve in drawable for point in curve.points] or [(1, 1)]
    top = TOP + LEGEND_ROW * len(curves)
    across = _Axis.around([x for x, _ in points], LEFT, WIDTH - RIGHT)
    upward = _Axis.around([y for _, y in points], HEIGHT - BOTTOM, top)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" font-family="sans-serif" font-size="13" stroke="none">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _text(LEFT, 36, title, 'font-size="18" font-weight="bold"'),
        *_grid(across, upward),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, x_title, 'text-anchor="middle"'),
        _text(LEFT - 60, top - 14, y_title),
    ]
    for place, (curve, colour) in enumerate(zip(drawable, _colours(), strict=False)):
        row = 62 + LEGEND_ROW * place
        parts += _path([(LEFT, row), (LEFT + 26, row)], colour)
        parts += [_dot((LEFT + 13, row), colour), _text(LEFT + 36, row + 4, curve.label)]
        spots = [(across.place(x), upward.place(y)) for x, y in curve.points]
        parts += [*_path(spots, colour), *(_dot(spot, colour) for spot in spots)]
    return "\n".join([*parts, "</svg>", ""])


def _drawable(points: Sequence[Point]) -> list[Point]:
    return [(x, y) for x, y in points if x > 0 and y > 0]


def _colours() -> Iterator[str]:
    while True:
        yield from COLOURS


def _grid(across: _Axis, upward: _Axis) -> Iterator[str]:
    for value in across.marks():
        x = across.place(value)
        yield _line((x, upward.start), (x, upward.end), GRID)
        yield _text(x, upward.start + 20, format_number(value), 'text-anchor="middle"')
    for value in upward.marks():
        y = upward.place(value)
        yield _line((across.start, y), (across.end, y), GRID)
        yield _text(across.start - 8, y + 4, format_number(value), 'text-anchor="end"')


def _path(spots: Sequence[Point], colour: str) -> Iterator[str]:
    for start, end in pairwise(spots):
        yield _line(start, end, f'stroke="{colour}" stroke-width="2"')


def _line(start: Point, end: Point, attributes: str) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {attributes}/>'


def _dot(spot: Point, colour: str) -> str:
    return f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{_RADIUS}" fill="{colour}"/>'


def _text(x: float, y: float, text: str, attributes: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(text)}</text>'
