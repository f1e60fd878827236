"""A TextView whose lines are blocks of entries: replaces, removes and finds blocks.

Line 1 of the Text belongs to no block: it tells what is above the first one. So line n of the LineMap is line
n + 1 of the Text.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from chatapp.client.model.model import Entry
from chatapp.gui.theme.emoji import can_be_drawn
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.blocks import Block, BlockOptions, TextRun, make_blocks
from chatapp.gui.transcript.line_map import LineMap
from chatapp.gui.transcript.text_view import RowPosition, TextView

FIRST_ROW = RowPosition(0)
SEPARATORS = frozenset({"day", "new"})  # tags of the lines above a message that do not belong to it


class BlockView(TextView):
    """Shows consecutive entries of one conversation.

    Args:
        now: Returns Unix seconds.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_scroll: Callable[[], object],
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(master, theme, on_scroll)
        self._now = now
        self.line_map = LineMap()
        self._nick = ""
        self._unfolded: frozenset[int] = frozenset()
        self.unread: int | None = None  # key of the entry that "New messages" stands above

    def reset(self, nick: str, unread: int | None, twelve_hours: bool) -> None:
        """Set what the next `fill` depends on: another conversation is about to be shown."""
        self._nick, self.unread, self._unfolded = nick, unread, frozenset()
        self.set_twelve_hours(twelve_hours)

    def fill(self, first_line: TextRun, entries: Sequence[Entry]) -> None:
        """Show the first line and these entries instead of everything, and scroll to the end."""
        old_lines = self.line_map.lines
        self.line_map = LineMap()
        made = make_blocks(entries, None, self._block_options())
        self.line_map.replace(0, 0, made)
        self.following = True
        self.replace_lines(1, old_lines + 2, [first_line, *_runs(made)])

    def set_first_line(self, first_line: TextRun) -> None:
        """Replace the line above the first block, if it differs."""
        if first_line[0] != self.text.get("1.0", "2.0"):
            self.replace_lines(1, 2, [first_line], hold_below=True)

    def replace_blocks(self, start: int, stop: int, entries: Sequence[Entry]) -> None:
        """Show these entries instead of the blocks from `start` up to `stop`; neighbours are updated too."""
        line_map = self.line_map
        if start and entries and line_map[start - 1].is_foldable:
            start -= 1
            entries = [*line_map[start].entries, *entries]
        if stop < len(line_map):
            entries = [*entries, *line_map[stop].entries]
            stop += 1
        made = make_blocks(entries, line_map[start - 1] if start else None, self._block_options())
        first, last = line_map.replace(start, stop, made)
        self.replace_lines(first + 1, last + 1, _runs(made), hold_below=start == 0)

    def append(self, entries: Sequence[Entry]) -> None:
        """Show these entries below the last block."""
        self.replace_blocks(len(self.line_map), len(self.line_map), entries)

    def prepend(self, entries: Sequence[Entry]) -> None:
        """Show these entries above the first block."""
        self.replace_blocks(0, 0, entries)

    def refresh(self, key: int | None) -> None:
        """Render the block of an entry again, if one shows it."""
        index = None if key is None else self.line_map.index_of(key)
        if index is not None:
            self.replace_blocks(index, index + 1, self.line_map[index].entries)

    def remove(self, entries: Iterable[Entry]) -> None:
        """Remove these entries; neighbouring ones in one step."""
        gone = {entry.key for entry in entries}
        indexes = sorted({index for key in gone if (index := self.line_map.index_of(key)) is not None})
        while indexes:
            stop = indexes.pop() + 1
            start = stop - 1
            while indexes and indexes[-1] == start - 1:
                start = indexes.pop()
            shown = [entry for index in range(start, stop) for entry in self.line_map[index].entries]
            self.replace_blocks(start, stop, [entry for entry in shown if entry.key not in gone])

    def trim_top(self, lines: int) -> None:
        """Remove blocks at the top until about this many lines are left."""
        self.replace_blocks(0, self.line_map.index_at_line(self.line_map.lines - lines), [])

    def trim_bottom(self, lines: int) -> None:
        """Remove blocks at the bottom until about this many lines are left."""
        self.replace_blocks(self.line_map.index_at_line(lines), len(self.line_map), [])

    def toggle_fold(self, index: int) -> None:
        """Show the joins and leaves of a block one by one, or as one line again."""
        keys = {entry.key for entry in self.line_map[index].entries}
        self._unfolded = self._unfolded - keys if self._unfolded & keys else self._unfolded | keys
        self.replace_blocks(index, index + 1, self.line_map[index].entries)

    def move_unread(self, key: int | None) -> None:
        """Move "New messages" to above another entry."""
        old, self.unread = self.unread, key
        for each in (old, key):
            self.refresh(each)

    def scroll_to_entry(self, key: int, within: RowPosition = FIRST_ROW) -> None:
        """Scroll to a row of an entry.

        Args:
            within: The row; its line is counted from the first line of the entry's block.
        """
        index = self.line_map.index_of(key)
        if index is not None:
            line = self.line_map.first_line(index) + 1 + within.line
            self.scroll_to_line(line, within.column, within.y)

    def lines_of(self, index: int) -> tuple[int, int]:
        """Return the lines of the Text that hold a block, from and up to."""
        return self.line_map.first_line(index) + 1, self.line_map.first_line(index + 1) + 1

    def block_index(self, text_index: str) -> int | None:
        """Return the index of the block at an index of the Text; None above the first block."""
        line = int(self.text.index(text_index).partition(".")[0]) - 1
        return self.line_map.index_at_line(line) if line and len(self.line_map) else None

    def message_lines(self, key: int) -> tuple[int, int] | None:
        """Return the lines of the Text that hold a block, from and up to, without the separators above it.

        Args:
            key: Of an entry; None is returned if no block shows it.
        """
        index = self.line_map.index_of(key)
        if index is None:
            return None
        first, last = self.lines_of(index)
        while first < last - 1 and not SEPARATORS.isdisjoint(self.text.tag_names(f"{first}.0")):
            first += 1
        return first, last

    def key_at(self, x: int, y: int) -> int | None:
        """Return the key of the first entry of the block at a point of the Text; None if there is none."""
        text_index = self.text.index(f"@{x},{y}")
        info = self.text.dlineinfo(text_index)
        index = self.block_index(text_index)
        if info is None or index is None or not info[1] <= y < info[1] + info[3]:
            return None
        key = self.line_map[index].entries[0].key
        lines = self.message_lines(key)
        return key if lines is not None and int(text_index.partition(".")[0]) >= lines[0] else None

    def entry(self, key: int) -> Entry | None:
        """Return the first entry of the block that shows the entry with this key."""
        index = self.line_map.index_of(key)
        return None if index is None else self.line_map[index].entries[0]

    def y_of(self, key: int) -> int | None:
        """Return the upper edge of a block in pixels; 0 if only its end is visible, None if nothing is."""
        lines = self.message_lines(key)
        if lines is None:
            return None
        info = self.text.dlineinfo(f"{lines[0]}.0")
        if info is not None:
            return info[1]
        return 0 if lines[0] <= self.top_row().line < lines[1] else None

    def today(self) -> date:
        """Return the date by the clock."""
        return date.fromtimestamp(self._now())

    def _block_options(self) -> BlockOptions:
        return BlockOptions(
            self._nick, self.today(), self.unread, self._unfolded, self.twelve_hours, not can_be_drawn()
        )


def _runs(blocks: Iterable[Block]) -> list[TextRun]:
    return [run for block in blocks for run in block.runs]
