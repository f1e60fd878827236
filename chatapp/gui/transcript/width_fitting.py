"""Renders again what depends on the width of the pane or on the fonts: quotes, chips and separators."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice

from chatapp.gui.transcript.block_text import BlockText

RESIZE_MILLISECONDS = 150  # without a change of size, after which it begins
STEP_SECONDS, STEP_PAUSE = 0.008, 4  # rendering at once, and the milliseconds after it


class WidthFitting:
    """Waits until the size of a view has settled. Then it begins with what is in sight, and goes on in steps.

    Args:
        layout: Returns what rendering depends on.
        refresh: Renders the block of the entry with this key again.
    """

    def __init__(
        self, view: BlockText, layout: Callable[[], object], refresh: Callable[[int], object]
    ) -> None:
        self._view = view
        self._layout = layout
        self._refresh = refresh
        self._done_for = layout()
        self._waiting: list[int] = []  # keys of the blocks to render, the next one last
        self.timer = ""
        view.text.bind("<Configure>", lambda event: self.start(), add=True)
        view.bind("<Destroy>", lambda event: self._stop(), add=True)

    def note_layout(self) -> None:
        """Note that everything was rendered just now."""
        self._done_for = self._layout()

    def start(self) -> None:
        """Begin after a while, if the layout has changed."""
        if self._layout() != self._done_for:
            self._stop()
            self.timer = self._view.after(RESIZE_MILLISECONDS, self._begin)

    def _begin(self) -> None:
        if self._layout() != self._done_for:
            self._done_for = self._layout()
            self._waiting = self._blocks()
        self._step()

    def _blocks(self) -> list[int]:
        """Return the keys of the blocks that depend on the layout, those in sight last."""
        view, line_map = self._view, self._view.line_map
        if not len(line_map):
            return []
        first = line_map.index_at_line(view.top_row().line - view.lines_above)
        last = line_map.index_at_line(view.bottom_line() - view.lines_above)
        near = {block.entries[0].key for block in islice(line_map, first, last + 1)}
        keys = [block.entries[0].key for block in line_map if block.depends_on_width]
        return sorted(keys, key=near.__contains__)

    def _step(self) -> None:
        """Render some of the waiting blocks again, for at most STEP_SECONDS."""
        self.timer = ""
        until = time.monotonic() + STEP_SECONDS
        while self._waiting and time.monotonic() < until:
            self._refresh(self._waiting.pop())
        if self._waiting:
            self.timer = self._view.after(STEP_PAUSE, self._step)

    def _stop(self) -> None:
        if self.timer:
            self._view.after_cancel(self.timer)
            self.timer = ""
