"""The message that was chosen with the keyboard: it has a bar at its left, and keys act on it."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.blocks import Block
from chatapp.gui.transcript.highlight import Highlight


class ChosenMessage:
    """At most one block of the view is chosen.

    Args:
        on_change: Called with the key of its first entry, or None.
    """

    def __init__(self, view: BlockView, on_change: Callable[[int | None], object]) -> None:
        self._view = view
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
        """Choose the block this many below; without a chosen one, the lowest visible block."""
        line_map = self._view.line_map
        if not len(line_map):
            return
        index = self.index
        if index is None:
            index = line_map.index_at_line(self._view.bottom_line() - 1)
        else:
            index = min(max(index + step, 0), len(line_map) - 1)
        self.choose_index(index)

    def choose_index(self, index: int) -> None:
        """Choose a block, and scroll to it."""
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
