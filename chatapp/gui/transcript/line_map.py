"""Maps the lines of a Text to blocks. Does not import tkinter.

Lines are counted from an origin that moves when lines are added or removed at the top, so that of thousands
of blocks only those on the shorter side of a change are renumbered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from chatapp.client.model.model import Entry
from chatapp.gui.transcript.blocks import Block

_LINE = attrgetter("line")


class LineMap:
    """The blocks in the Text, from top to bottom. Line numbers begin with 1."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._by_key: dict[int, Block] = {}
        self._replies: dict[str, set[int]] = {}  # keys of the replies to a message, by its msgid

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, index: int) -> Block:
        return self._blocks[index]

    def __iter__(self) -> Iterator[Block]:
        return iter(self._blocks)

    @property
    def lines(self) -> int:
        """The number of lines of all blocks."""
        return self._blocks[-1].line + self._blocks[-1].lines - self._blocks[0].line if self._blocks else 0

    def first_line(self, index: int) -> int:
        """Return the first line of a block; for the index after the last block, the line after it."""
        if index < len(self._blocks):
            return self._blocks[index].line - self._blocks[0].line + 1
        return self.lines + 1

    def index_at_line(self, line: int) -> int:
        """Return the index of the block that holds a line, or of the nearest one."""
        found = bisect_right(self._blocks, line - 1 + self._blocks[0].line, key=_LINE) - 1
        return min(max(found, 0), len(self._blocks) - 1)

    def index_of(self, key: int) -> int | None:
        """Return the index of the block that shows the entry with this key; None if none does."""
        block = self._by_key.get(key)
        return None if block is None else bisect_right(self._blocks, block.line, key=_LINE) - 1

    def replies_to(self, msgid: str) -> list[int]:
        """Return the keys of the entries here that reply to a message."""
        return sorted(self._replies.get(msgid, ())) if msgid else []

    def replace(self, start: int, stop: int, blocks: Sequence[Block]) -> tuple[int, int]:
        """Replace the blocks from index `start` up to `stop`.

        Returns:
            The lines to delete, from and up to. The text of the new blocks is to be inserted at the first.
        """
        first, last = self.first_line(start), self.first_line(stop)
        for block in self._blocks[start:stop]:
            for entry in block.entries:
                self._forget(entry)
        origin = self._blocks[0].line if self._blocks else 1
        added = sum(block.lines for block in blocks) - (last - first)
        renumber_above = start < len(self._blocks) - stop
        if renumber_above:
            for block in self._blocks[:start]:
                block.line -= added
        else:
            for block in self._blocks[stop:]:
                block.line += added
        line = origin + first - 1 - (added if renumber_above else 0)
        for block in blocks:
            block.line, line = line, line + block.lines
            for entry in block.entries:
                self._by_key[entry.key] = block
                if entry.reply_to:
                    self._replies.setdefault(entry.reply_to, set()).add(entry.key)
        self._blocks[start:stop] = blocks
        return first, last

    def _forget(self, entry: Entry) -> None:
        self._by_key.pop(entry.key, None)
        replies = self._replies.get(entry.reply_to)
        if replies is not None:
            replies.discard(entry.key)
            if not replies:
                del self._replies[entry.reply_to]
