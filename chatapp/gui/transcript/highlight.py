"""Tags the lines of one message, and tags them again after they were replaced."""

from __future__ import annotations

from chatapp.gui.transcript.block_view import BlockView


class Highlight:
    """One tag on the lines of at most one block.

    Args:
        tag: A tag with a background for the highlighted lines.
    """

    def __init__(self, view: BlockView, tag: str) -> None:
        self._view = view
        self._tag = tag
        self.key: int | None = None  # of the first entry of the highlighted block

    def show(self, key: int | None) -> None:
        """Highlight the block of the entry with this key, and no other one."""
        if key != self.key:
            self.key = key
            self.refresh()

    def refresh(self) -> None:
        """Highlight the block again: its lines may have been replaced or moved."""
        text = self._view.text
        shown = text.tag_ranges(self._tag)
        if shown:
            text.tag_remove(self._tag, shown[0], shown[-1])
        lines = None if self.key is None else self._view.message_lines(self.key)
        if lines is not None:
            text.tag_add(self._tag, f"{lines[0]}.0", f"{lines[1]}.0")
        self._view.draw_bars()
