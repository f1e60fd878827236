"""The message that was chosen with the keyboard: it has a bar at its left, and keys act on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.blocks import Block
from chatapp.gui.transcript.highlight import Highlight


class ChosenMessage:
    """At most one block of the view is chosen.

    Args:
        can_choose: Returns whether the block with this index offers something to do.
        on_change: Called with the key of its first entry, or None.
    """

    def __init__(
        self,
        view: BlockView,
        can_choose: Callable[[int], bool],
        on_change: Callable[[int | None], object],
    ) -> None:
        self._view = view
        self._can_choose = can_choose
        self._on_change = on_change
        self._highlight = Highlight(view, "chosen")

    @property
    def key(self) -> int | None:
        """The key of the first entry of the chosen block; None if none is chosen."""
        return self._highlight.key

    @property
    def index(self) -> int | None:
        """The index of the chosen block; None if none is chosen."""
        return None if self.key is None else self._view.line_map.index_of(self.key)

    @property
    def block(self) -> Block | None:
        """The chosen block; None if none is chosen."""
        index = self.index
        return None if index is None else self._view.line_map[index]

    def move(self, step: int) -> None:
        """Choose the next block above (-1) or below (1); without a chosen one, the lowest visible one."""
        index, count = self.index, len(self._view.line_map)
        if index is None:
            self.choose_lowest()
        else:
            self._choose_first(range(index + 1, count) if step > 0 else range(index - 1, -1, -1))

    def choose_lowest(self) -> None:
        """Choose the lowest visible block."""
        view, count = self._view, len(self._view.line_map)
        if count:
            line = view.bottom_line() - view.lines_above - 1
            lowest = count - 1 if view.following else view.line_map.index_at_line(line)
            self._choose_first([*range(lowest, -1, -1), *range(lowest + 1, count)])

    def choose_end(self, is_last: bool) -> None:
        """Choose the first or the last block."""
        indexes = range(len(self._view.line_map))
        self._choose_first(reversed(indexes) if is_last else indexes)

    def _choose_first(self, indexes: Iterable[int]) -> None:
        """Choose the first of these blocks that can be chosen, if there is one, and scroll to it."""
        index = next(filter(self._can_choose, indexes), None)
        if index is not None:
            self._choose_index(index)

    def _choose_index(self, index: int) -> None:
        key = self._view.line_map[index].entries[0].key
        self.choose(key)
        lines = self._view.message_lines(key)
        if lines is not None:
            self._view.see_lines(*lines)

    def choose(self, key: int | None) -> None:
        """Choose the block of the entry with this key, wherever it is; None to choose none."""
        if key != self.key:
            self._highlight.show(key)
            self._on_change(key)

    def refresh(self) -> None:
        """Mark the block again after lines were replaced; choose none if it is gone."""
        if self.key is not None and self.index is None:
            self.choose(None)
        elif self.key is not None:
            self._highlight.refresh()
