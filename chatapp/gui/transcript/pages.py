"""Which entries of a conversation the view holds: some of them, and more as the user scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.runs import Run
from chatapp.gui.transcript.text_view import RowPosition

OPENING_ENTRIES = 120  # that a conversation opens with
SCROLL_ENTRIES = 60  # that scrolling adds at once
CONTEXT_ENTRIES = 20  # shown above the first unread one
FLOOD_ENTRIES = 60  # of a flood that are shown; scrolling adds those above them
MAX_LINES = 3000  # in the Text
TRIM_LINES = 500  # that may exceed MAX_LINES before they are cut off


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """Where the user reads: which row of a block is at the upper edge.

    Attributes:
        conversation: The one that is shown, which may be an older part.
        key: Of the first entry of the block.
        row: Its line is counted from the first line of the block.
    """

    conversation: Conversation
    key: int
    row: RowPosition


class Pages:
    """The part of a conversation that a view shows.

    Args:
        start: Returns the lines above the first entry.
    """

    def __init__(self, view: BlockView, start: Callable[[], Sequence[Run]]) -> None:
        self._view = view
        self._start = start
        self.conversation = Conversation("", "server")
        self.reaches_end = True  # whether the view holds the last entry of the conversation
        self._filled_on: date | None = None  # the day that is called "Today"

    def fill(self, start: int) -> None:
        """Show only the entries from this index of the conversation on, and scroll to the last one."""
        entries = self.conversation.entries
        start = max(0, start)
        stop = min(len(entries), start + OPENING_ENTRIES)
        self.reaches_end = stop == len(entries)
        self._filled_on = self._view.today()
        self._view.fill(self._start(), entries[start:stop])

    def fill_newest(self) -> None:
        """Show the newest entries, and scroll to the last one."""
        self.fill(len(self.conversation.entries) - OPENING_ENTRIES)

    def fill_around(self, index: int, above: int = CONTEXT_ENTRIES) -> None:
        """Show the entries around one.

        Args:
            index: Of the entry in the conversation.
            above: How many to show above it.
        """
        self.fill(max(0, min(index - above, len(self.conversation.entries) - OPENING_ENTRIES)))

    def refill(self) -> None:
        """Show the entries again, at the row that is being read."""
        place = self.place()
        if place is None or not self.return_to(place):
            self.fill_newest()

    def place(self) -> ReadingPlace | None:
        """Return the row that is being read; None at the end of the conversation."""
        view = self._view
        if view.following or not len(view.line_map):
            return None
        row = view.top_row()
        line = row.line - view.lines_above
        index = view.line_map.index_at_line(line)
        line_in_block = line - view.line_map.first_line(index)
        key = view.line_map[index].entries[0].key
        return ReadingPlace(self.conversation, key, replace(row, line=line_in_block))

    def return_to(self, place: ReadingPlace) -> bool:
        """Show the entries around a place at its row; return whether its entry is still there."""
        keys = [entry.key for entry in self.conversation.entries]
        if place.key not in keys:
            return False
        self.fill_around(keys.index(place.key), OPENING_ENTRIES // 2)
        self._view.scroll_to_entry(place.key, place.row)
        return True

    def add_below(self) -> None:
        """Show the entries that were added at the end of the conversation."""
        view, below = self._view, self.below()
        if below is None or self._filled_on != view.today():
            self.refill()
        elif not self.reaches_end:
            return  # scrolling will add them
        elif view.following and len(below) > FLOOD_ENTRIES:
            self.fill(len(self.conversation.entries) - FLOOD_ENTRIES)
        elif not view.following and (len(below) > OPENING_ENTRIES or view.line_map.lines > MAX_LINES):
            self.reaches_end = False
        else:
            view.append(below)
            if view.following:
                self._trim_top()

    def add_above(self, count: int) -> None:
        """Show the entries that were added at the beginning of the conversation."""
        line_map = self._view.line_map
        if not len(line_map):
            self.refill()
        elif self._index(line_map[0].entries[0]) == count:
            self._view.prepend(self.conversation.entries[:count])
            self._trim_bottom()

    def show_older(self) -> bool:
        """Add older entries at the top; return whether the conversation has some."""
        line_map = self._view.line_map
        index = self._index(line_map[0].entries[0]) if len(line_map) else 0
        if index:
            self._view.prepend(self.conversation.entries[max(0, index - SCROLL_ENTRIES) : index])
            self._trim_bottom()
        return bool(index)

    def show_newer(self) -> None:
        """Add newer entries at the bottom."""
        below = None if self.reaches_end else self.below()
        if below is not None:
            self._view.append(below[:SCROLL_ENTRIES])
            self.reaches_end = len(below) <= SCROLL_ENTRIES
            self._trim_top()

    def below(self) -> list[Entry] | None:
        """Return the entries below the view; None if the last one shown has left the conversation."""
        entries, line_map = self.conversation.entries, self._view.line_map
        if not len(line_map):
            return entries
        last = line_map[len(line_map) - 1].entries[-1]
        for count, entry in enumerate(reversed(entries)):
            if entry is last:
                return entries[len(entries) - count :]
        return None

    def _index(self, entry: Entry) -> int | None:
        try:
            return self.conversation.entries.index(entry)
        except ValueError:
            return None

    def _trim_top(self) -> None:
        if self._view.line_map.lines > MAX_LINES + TRIM_LINES:
            self._view.trim_top(MAX_LINES)

    def _trim_bottom(self) -> None:
        if self._view.line_map.lines > MAX_LINES + TRIM_LINES:
            self._view.trim_bottom(MAX_LINES)
            self.reaches_end = False
