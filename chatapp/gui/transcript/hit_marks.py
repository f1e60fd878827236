"""Marks what the user looks for in the messages that are shown, and where along the scrollbar it is.

The text is searched in Python: `search` of Tk 8.6.13 crashes on emoji with `-nocase`.
"""

from __future__ import annotations

import re
import tkinter as tk
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from chatapp.client.text.occurrences import places
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.block_view import BlockView

HIT, CURRENT = "hit", "hit_now"  # tags
MESSAGE_TAGS = frozenset({"body", "action", "quotation", "code", "block"})  # of the text of messages
OTHER_TAGS = frozenset(
    {"name", "time", "faint", "small", "reason", "deed", "deleted"}
)  # of text in the same lines that is no part of the message
TICK_WIDTH, TICK_HEIGHT = 6, 2  # pixels at 96 dpi


class _Hit(NamedTuple):
    """A hit in a line: the text of the line, and where the hit begins and stops in it."""

    line: int
    content: str
    begin: int
    stop: int


class HitMarks:
    """Marks every hit in a BlockView, also in text that is inserted later."""

    def __init__(self, view: BlockView, theme: Theme) -> None:
        self._view = view
        self._theme = theme
        self._wanted: re.Pattern[str] | None = None
        self._current: tuple[int, int] | None = None  # key of the entry, number of the hit in its message
        self._drawing = ""  # timer
        self.ticks = tk.Canvas(view, width=theme.px(TICK_WIDTH), highlightthickness=0, borderwidth=0)
        self.ticks.bind("<Configure>", lambda event: self._draw_ticks())
        self.ticks.bind("<Destroy>", lambda event: self._stop_drawing())
        view.watch_lines(self._mark_lines)
        theme.watch(self.ticks, self._paint)

    def show(self, wanted: re.Pattern[str] | None) -> None:
        """Mark every place where a pattern matches; None for no marks."""
        text = self._view.text
        for tag in (HIT, CURRENT):
            text.tag_remove(tag, "1.0", "end")
        self._wanted, self._current = wanted, None
        if wanted is not None:
            self.ticks.place(relx=1, x=-self._view.scrollbar_width, relheight=1, anchor="ne")
            self._mark("1.0", "end")
        else:
            self.ticks.place_forget()

    def show_current(self, key: int | None, number: int = 0) -> None:
        """Mark one hit as the current one.

        Args:
            key: Of the entry; None for no current hit.
            number: Which hit in its message, from 0 on.
        """
        self._current = None if key is None else (key, number)
        self._mark_current()

    def is_current_visible(self) -> bool:
        """Return whether the current hit is completely visible."""
        text = self._view.text
        ranges = text.tag_ranges(CURRENT)
        box = text.bbox(str(ranges[0])) if ranges else None
        return box is not None and box[1] >= 0 and box[1] + box[3] <= text.winfo_height()

    def _mark_lines(self, first: int, last: int) -> None:
        if self._wanted is not None:
            self._mark(f"{first}.0", f"{last}.0")

    def _mark(self, start: str, end: str) -> None:
        text = self._view.text
        hits = self._find(start, end)
        if hits:
            text.tk.call(text, "tag", "add", HIT, *hits)
        for tag in (HIT, CURRENT, "sel"):
            text.tag_raise(tag)
        self._mark_current()
        if not self._drawing:
            self._drawing = self.ticks.after_idle(self._draw_ticks)

    def _mark_current(self) -> None:
        text = self._view.text
        text.tag_remove(CURRENT, "1.0", "end")
        index = None if self._current is None else self._view.line_map.index_of(self._current[0])
        if index is None or self._current is None:
            return
        first, last = self._view.lines_of(index)
        hits = self._find(f"{first}.0", f"{last}.0")
        if hits:
            at = 2 * min(self._current[1], len(hits) // 2 - 1)
            text.tag_add(CURRENT, hits[at], hits[at + 1])

    def _find(self, start: str, end: str) -> list[str]:
        """Return beginnings and ends of the hits between two beginnings of lines."""
        text = self._view.text
        content = text.get(start, end)
        hits = list(
            _in_lines(places(self._wanted, content), content, int(text.index(start).partition(".")[0]))
        )
        ends = _ask(text, "index", [f"{hit.line}.end" for hit in hits])
        indexes: list[tuple[str, str]] = []
        for hit, line_end in zip(hits, ends, strict=True):
            columns = _columns(text, hit, int(str(line_end).partition(".")[2]))
            indexes.append((f"{hit.line}.{columns[0]}", f"{hit.line}.{columns[1]}"))
        tags = _ask(text, "tag names", [begin for begin, _ in indexes])
        return [
            index for pair, names in zip(indexes, tags, strict=True) if _is_message(names) for index in pair
        ]

    def _draw_ticks(self) -> None:
        self._stop_drawing()
        canvas, text, px = self.ticks, self._view.text, self._theme.px
        canvas.delete("all")
        if self._wanted is None or text.yview() == (0.0, 1.0):  # without a scrollbar they would lead nowhere
            return
        lines = max(self._view.line_map.lines, 1)
        height = canvas.winfo_height() - px(TICK_HEIGHT)
        role = self._theme.colours.warn
        for y in sorted({round(line / lines * height) for line in _lines(text.tag_ranges(HIT))}):
            canvas.create_rectangle(0, y, px(TICK_WIDTH), y + px(TICK_HEIGHT), fill=role, width=0)

    def _stop_drawing(self) -> None:
        if self._drawing:
            self.ticks.after_cancel(self._drawing)
            self._drawing = ""

    def _paint(self) -> None:
        colours, text = self._theme.colours, self._view.text
        text.tag_configure(HIT, background=colours.hit)
        text.tag_configure(CURRENT, background=colours.hit_now, foreground=colours.on_hit_now)
        self.ticks.configure(background=colours.pane)
        self._draw_ticks()


def _in_lines(spans: Iterable[tuple[int, int]], content: str, line: int) -> Iterator[_Hit]:
    """Yield hits by line.

    Args:
        spans: Where they are in the content, in this order.
        line: Of the beginning of the content.
    """
    start = 0
    for begin, stop in spans:
        line += content.count("\n", start, begin)
        start = content.rfind("\n", start, begin) + 1 or start
        end = content.find("\n", begin)
        yield _Hit(line, content[start : end if end >= 0 else None], begin - start, stop - start)


def _ask(text: tk.Text, question: str, places: list[str]) -> Sequence[Any]:
    """Return the answers of a Text to one question about many places; one by one takes twice as long."""
    script = f"{{text places}} {{lmap place $places {{$text {question} $place}}}}"
    return text.tk.splitlist(text.tk.call("apply", script, text, places))


def _columns(text: tk.Text, hit: _Hit, length: int) -> tuple[int, int]:
    """Return the columns of a hit.

    Tk before version 9 counts characters such as emoji twice. Images count as well, but are not in the text.

    Args:
        length: The columns of its line.
    """
    if length == len(hit.content):
        return hit.begin, hit.stop
    if length == _units(hit.content):
        return _units(hit.content[: hit.begin]), _units(hit.content[: hit.stop])
    return _column_by_pieces(text, hit.line, hit.begin), _column_by_pieces(text, hit.line, hit.stop)


def _column_by_pieces(text: tk.Text, line: int, offset: int) -> int:
    """Return the column of a character of a line with images, from where Tk says each piece of text is."""
    for _, piece, index in text.dump(f"{line}.0", f"{line}.end", text=True):
        if offset <= len(piece):
            column = int(index.partition(".")[2])
            return column + (_units(piece[:offset]) if tk.TkVersion < 9 else offset)
        offset -= len(piece)
    return 0


def _units(text: str) -> int:
    """Return the length in units of UTF-16."""
    return len(text) + sum(each > "\uffff" for each in text)


def _is_message(tags: str | tuple[str, ...]) -> bool:
    found = set(tags.split() if isinstance(tags, str) else map(str, tags))
    return not found.isdisjoint(MESSAGE_TAGS) and found.isdisjoint(OTHER_TAGS)


def _lines(ranges: Iterable[object]) -> Iterable[int]:
    """Return the line of each beginning in the ranges of a tag."""
    return (int(str(each).partition(".")[0]) - 1 for each in list(ranges)[::2])
