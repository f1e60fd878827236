"""Which lines of a Text hold which blocks. No tkinter here: a page of numbers that follows what is inserted.

Lines are counted from an origin that moves when lines come or go at the top, so that of thousands of blocks
only those on the shorter side of a change are counted anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from chatapp.gui.transcript.blocks import Block

_LINE = attrgetter("line")


class LineMap:
    """The blocks on show, top to bottom. Line numbers are those of the Text, the first is 1."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._by_key: dict[int, Block] = {}

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, at: int) -> Block:
        return self._blocks[at]

    def __iter__(self) -> Iterator[Block]:
        return iter(self._blocks)

    @property
    def lines(self) -> int:
        """How many lines all blocks have."""
        return self._blocks[-1].line + self._blocks[-1].lines - self._blocks[0].line if self._blocks else 0

    def line(self, at: int) -> int:
        """The first line of the block at this place; behind the last block, the line after it."""
        return self._blocks[at].line - self._blocks[0].line + 1 if at < len(self._blocks) else self.lines + 1

    def at_line(self, line: int) -> int:
        """The place of the block that a line belongs to; the nearest when it belongs to none."""
        found = bisect_right(self._blocks, line - 1 + self._blocks[0].line, key=_LINE) - 1
        return min(max(found, 0), len(self._blocks) - 1)

    def place(self, key: int) -> int | None:
        """The place of the block that shows the entry with this key."""
        block = self._by_key.get(key)
        return None if block is None else bisect_right(self._blocks, block.line, key=_LINE) - 1

    def put(self, start: int, stop: int, blocks: Sequence[Block]) -> tuple[int, int]:
        """Blocks instead of those from `start` up to `stop`: gives the lines to delete, from and up to.

        The new blocks' text is to be inserted before the first of these lines.
        """
        first, last = self.line(start), self.line(stop)
        for block in self._blocks[start:stop]:
            for entry in block.entries:
                self._by_key.pop(entry.key, None)
        origin = self._blocks[0].line if self._blocks else 1
        more = sum(block.lines for block in blocks) - (last - first)
        above = start < len(self._blocks) - stop
        if above:
            for block in self._blocks[:start]:
                block.line -= more
        else:
            for block in self._blocks[stop:]:
                block.line += more
        at = origin + first - 1 - (more if above else 0)
        for block in blocks:
            block.line, at = at, at + block.lines
            for entry in block.entries:
                self._by_key[entry.key] = block
        self._blocks[start:stop] = blocks
        return first, last
