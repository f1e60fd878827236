"""A TextView whose lines are blocks of entries: finds blocks, and what a place in the text means.

The first `lines_above` lines of the Text belong to no block: they tell what is above the first one. So line n
of the LineMap is line n + lines_above of the Text.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from itertools import islice

from chatapp.client.model.model import Entry
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.line_map import LineMap
from chatapp.gui.transcript.runs import Target, run_at
from chatapp.gui.transcript.text_view import RowPosition, TextView

FIRST_ROW = RowPosition(0)
BAR_ROOM = 210  # for the action bar right of a card, in pixels at 96 dpi
SEPARATORS = frozenset({"day", "new"})  # tags of the lines above a message that do not belong to it


class BlockText(TextView):
    """Knows which block each line belongs to."""

    def __init__(self, master: tk.Misc, theme: Theme, on_scroll: Callable[[], object]) -> None:
        super().__init__(master, theme, on_scroll)
        self.line_map = LineMap()
        self.lines_above = 0

    def scroll_to_entry(self, key: int, within: RowPosition = FIRST_ROW) -> None:
        """Scroll to a row of an entry.

        Args:
            within: The row; its line is counted from the first line of the entry's block.
        """
        index = self.line_map.index_of(key)
        if index is not None:
            line = self.line_map.first_line(index) + self.lines_above + within.line
            self.scroll_to_line(line, within.column, within.y)

    def lines_of(self, index: int) -> tuple[int, int]:
        """Return the lines of the Text that hold a block, from and up to."""
        first, last = self.line_map.first_line(index), self.line_map.first_line(index + 1)
        return first + self.lines_above, last + self.lines_above

    def block_index(self, text_index: str) -> int | None:
        """Return the index of the block at an index of the Text; None above the first block."""
        line = int(self.text.index(text_index).partition(".")[0]) - self.lines_above
        return self.line_map.index_at_line(line) if line > 0 and len(self.line_map) else None

    def target_of(self, text_index: str) -> tuple[Entry, Target] | None:
        """Return what a click at an index of the Text means, and the entry that it belongs to."""
        index = self.block_index(text_index)
        if index is None:
            return None
        line, _, column = self.text.index(text_index).partition(".")
        block = self.line_map[index]
        run = run_at(block.runs, int(line) - self.lines_of(index)[0], int(column), self.wide)
        return None if run is None or run.target is None else (block.entries[0], run.target)

    def target_at(self, x: int, y: int) -> tuple[Entry, Target] | None:
        """Return what a click at a point of the Text means; None beside the end of a line."""
        text_index = self.text.index(f"@{x},{y}")
        box = self.text.bbox(text_index)
        inside = box is not None and box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]
        return self.target_of(text_index) if inside else None

    def targets_in(self, index: int) -> list[Target]:
        """Return what can be clicked in a block, each once."""
        targets = [run.target for run in self.line_map[index].runs if run.target is not None]
        return list(dict.fromkeys(targets))

    def message_lines(self, key: int) -> tuple[int, int] | None:
        """Return the lines of the Text that hold a block, from and up to, without the separators above it.

        Args:
            key: Of an entry; None is returned if no block shows it.
        """
        index = self.line_map.index_of(key)
        if index is None:
            return None
        first, last = self.lines_of(index)
        runs = self.line_map[index].runs
        separators = sum("\n" in run.text and not SEPARATORS.isdisjoint(run.tags) for run in runs)
        return first + separators, last

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

    def copy_button_width(self, top: int, bottom: int) -> int:
        """Return how far a Copy above some code, or a card, reaches into the view from its right edge.

        It is 0 without one. A card that leaves room for the bar at its right is not counted.

        Args:
            top, bottom: The part of the view to look at, in pixels.
        """
        first, last = (int(self.text.index(f"@0,{y}").partition(".")[0]) for y in (top, bottom))
        for line in range(first, last + 1):
            if "card" in self.text.tag_names(f"{line}.0"):
                box = self.text.bbox(f"{line}.end -1c")
                right = 0 if box is None else self.winfo_width() - box[0] + self._theme.px(8)
                if 0 < right < self._theme.px(BAR_ROOM) + (box[2] if box else 0):
                    return right
            if "codehead" in self.text.tag_names(f"{line}.0"):
                tab = self.text.search("\t", f"{line}.0", f"{line}.end")
                box = self.text.bbox(f"{tab} +1c") if tab else None
                if box is not None:
                    return self.winfo_width() - box[0] + self._theme.px(8)
        return 0

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

    def entries_in_sight(self) -> list[Entry]:
        """Return the entries of the blocks of which something is visible."""
        if not len(self.line_map):
            return []
        first = self.line_map.index_at_line(self.top_row().line - self.lines_above)
        last = self.line_map.index_at_line(self.bottom_line() - self.lines_above)
        return [entry for block in islice(self.line_map, first, last + 1) for entry in block.entries]
