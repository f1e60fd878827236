"""Where the rows of a list stand: rows of one or two lines and headings, whose heights differ."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from itertools import accumulate
from typing import NamedTuple


class RowHeights(NamedTuple):
    """Heights in pixels of this display.

    Attributes:
        row: Of a row of one line.
        tall: Of a row of two lines.
        heading: Of a heading.
        hint: Of a hint.
        gap: Above every heading but the first row of the list.
    """

    row: int = 1
    tall: int = 1
    heading: int = 1
    hint: int = 1
    gap: int = 0


NO_HEIGHTS = RowHeights()


class RowLayout:
    """The place of each row.

    Args:
        number: The number of rows.
        headings: The indexes of the headings.
        tall: The indexes of the rows of two lines.
        hints: The indexes of the hints.
    """

    def __init__(
        self,
        heights: RowHeights = NO_HEIGHTS,
        number: int = 0,
        headings: Collection[int] = (),
        tall: Collection[int] = (),
        hints: Collection[int] = (),
    ) -> None:
        each = [heights.row] * number
        for index in tall:
            each[index] = heights.tall
        for index in hints:
            each[index] = heights.hint
        for index in headings:
            each[index] = heights.heading + (heights.gap if index else 0)
        self._ends = list(accumulate(each, initial=0))
        self._headings = frozenset(headings)
        self._gap = heights.gap

    @property
    def height(self) -> int:
        """The height of all rows."""
        return self._ends[-1]

    def top(self, index: int) -> int:
        """Return where a row begins; a heading begins below its gap."""
        return self._ends[index] + (self._gap if index and index in self._headings else 0)

    def bottom(self, index: int) -> int:
        """Return where a row ends."""
        return self._ends[index + 1]

    def middle(self, index: int) -> int:
        """Return the middle of a row."""
        return (self.top(index) + self.bottom(index)) // 2

    def at(self, y: int) -> int | None:
        """Return the index of the row at a height; None outside of all rows."""
        return bisect_right(self._ends, y) - 1 if 0 <= y < self.height else None

    def within(self, top: int, bottom: int) -> range:
        """Return the indexes of the rows that are at least partly between two heights."""
        first = max(bisect_right(self._ends, top) - 1, 0)
        last = bisect_right(self._ends, max(bottom - 1, top))
        return range(first, min(last, len(self._ends) - 1))
