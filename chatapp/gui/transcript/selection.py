"""The selected text of the transcript, and what is copied of it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable

from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.blocks import Block, clipboard_text

FILE_LINES = frozenset({"card", "card-edge", "picture"})  # tags of the lines of files


class Selection:
    """Copies from a BlockView. Within one message the selected words are copied, of several `<name> text`."""

    def __init__(self, view: BlockView) -> None:
        self._view = view
        self._text = view.text
        self._text.bind("<Triple-Button-1>", self._select_message)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return not self._text.tag_ranges("sel")

    def text(self) -> str:
        """Return what is copied of the selection; "" if nothing is selected."""
        selected = self._text.tag_ranges("sel")
        if not selected:
            return ""
        first = self._view.block_index(str(selected[0]))
        last = self._view.block_index(f"{selected[-1]} -1c")
        has_head = "head" in self._text.tag_names(selected[0])
        if first is None or last is None or (first == last and not has_head):
            return self._words(str(selected[0]), str(selected[-1]))
        blocks = [self._view.line_map[index] for index in range(first, last + 1)]
        return copied(blocks, self._view.around.name)

    def _words(self, first: str, last: str) -> str:
        """Return the text between two places; of a file its link, because its card is no text."""
        text = self._text
        lines: list[str] = []
        begin, end = (int(index.partition(".")[0]) for index in (first, last))
        if not any(text.tag_nextrange(tag, f"{begin}.0", last) for tag in FILE_LINES):
            return text.get(first, last)
        for line in range(begin, end + 1):
            start = first if line == begin else f"{line}.0"
            stop = last if line == end else f"{line}.end"
            if FILE_LINES.isdisjoint(text.tag_names(f"{line}.0")):
                if "gap" not in text.tag_names(f"{line}.0"):
                    lines.append(text.get(start, stop))
                continue
            found = self._view.target_of(f"{line}.0")
            card = self._view.card_of(found[1]) if found is not None else None
            if card is not None and lines[-1:] != [card.link.url]:
                lines.append(card.link.url)
        return "\n".join(lines).rstrip("\n")

    def contains(self, text_index: str) -> bool:
        """Return whether the character at an index of the Text is selected."""
        return "sel" in self._text.tag_names(text_index)

    def clear(self) -> None:
        """Select nothing."""
        self._text.tag_remove("sel", "1.0", "end")

    def select_lines(self, first: int, last: int) -> None:
        """Select the lines from `first` up to `last`, without the newline at their end."""
        self.clear()
        self._text.tag_add("sel", f"{first}.0", f"{last}.0 -1c")

    def _select_message(self, event: tk.Event[tk.Misc]) -> str:
        """Select the text of the message that was clicked three times, without its head."""
        key = self._view.key_at(event.x, event.y)
        lines = None if key is None else self._view.message_lines(key)
        if lines is not None:
            first, last = lines
            while first < last - 1 and "head" in self._text.tag_names(f"{first}.0"):
                first += 1
            self.select_lines(first, last)
        return "break"


def copied(blocks: Iterable[Block], name: Callable[[str], str]) -> str:
    """Return blocks as they are copied, one line for each entry.

    Args:
        name: Returns the name to show for a nick.
    """
    return "\n".join(clipboard_text(entry, name) for block in blocks for entry in block.entries)


def set_clipboard(widget: tk.Misc, text: str) -> None:
    """Put a text into the clipboard."""
    widget.clipboard_clear()
    widget.clipboard_append(text)
