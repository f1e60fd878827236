"""Where a long line of code continues in the next row. Does not import tkinter.

A Text has one colour for the whole margin of a row that continues a line, so the padding of code in such a
row cannot be a margin. It is a picture where the row begins, and too wide for the end of the row before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chatapp.gui.transcript.block_options import Ruler
from chatapp.protocol import graphemes

FONT = "ChatCode"
TAB = 8  # characters between two tab stops
MOST_ROWS = 200  # of a line that have the padding
_SAMPLE = "0" * 100  # characters of one width that are measured


class RowStart(NamedTuple):
    """The beginning of a row that continues a line.

    Attributes:
        offset: In characters from the beginning of the code.
        padding: The width of the padding in pixels of the display.
    """

    offset: int
    padding: int


def row_starts(code: str, ruler: Ruler, padding: int) -> list[RowStart]:
    """Return where lines of code continue in the next row.

    Args:
        padding: Left of each row, in pixels of the display.
    """
    character = max(ruler.measure(_SAMPLE, FONT) / len(_SAMPLE), 1.0)
    found: list[RowStart] = []
    offset = 0
    for line in code.split("\n"):
        fits = line.isascii() and "\t" not in line and len(line) * character <= ruler.width - padding
        for at, (index, wide) in enumerate(() if fits else _starts(line, ruler, padding, character)):
            if at == MOST_ROWS:
                break
            found.append(RowStart(offset + index, wide))
        offset += len(line) + 1
    return found


def _starts(line: str, ruler: Ruler, padding: int, character: float) -> Iterator[tuple[int, int]]:
    """Yield the index at which each further row of a line begins, and the width of its padding."""
    row, used, index = float(ruler.width - padding), 0.0, 0
    for cluster in line if line.isascii() else graphemes.clusters(line):
        if cluster == "\t":
            width = character * TAB - used % (character * TAB)
        else:
            width = character if cluster.isascii() else float(ruler.measure(cluster, FONT))
        if used and used + width > row:
            wide = max(padding, int(row - used) + 1)
            yield index, wide
            row, used = float(ruler.width - wide), 0.0
        used += width
        index += len(cluster)
