"""Lines that scroll upwards, and a panel that stays at the bottom of the terminal.

    10:02 Ben: hello           written once, then scrolled by the terminal
    10:03 Dee: hi Ben
    1:#general 2:Ben +1        the panel: some rows and the input line
    [#general] what I wri_

Each update is one write inside a synchronized update, so that the terminal never shows half of it.

Source:
    ECMA-48 (CUU, ED, EL); DEC STD 070 (DECSC, DECRC); synchronized output, private mode 2026.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from chatapp.terminal.ansi import StyledLine, StyledText, rendered
from chatapp.terminal.rendering import INDENT
from chatapp.terminal.text_width import cut_to_width, drop_cells, width

REPAINT_LINES = 500  # lines stored, to repaint the screen when the terminal changes its size

_BEGIN, _END = "\x1b[?2026h\x1b[?25l", "\x1b[?25h\x1b[?2026l"
_HOME, _ERASE_BELOW, _ERASE_REST = "\x1b[H", "\x1b[J", "\x1b[K"
_SAVE_CURSOR, _RESTORE_CURSOR = "\x1b7", "\x1b8"


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows, and the input line: a prompt, the text before the cursor, the text after it."""

    rows: tuple[StyledLine, ...] = ()
    prompt: StyledLine = ()
    before: str = ""
    after: str = ""


class ScreenRow(NamedTuple):
    """A row of a wrapped line; one with a long word may take several rows of the terminal."""

    pieces: StyledLine
    cells: int


class Screen:
    """Draws lines and panel.

    Args:
        write: Writes text to the terminal.
    """

    def __init__(self, write: Callable[[str], object], columns: int, rows: int, colours: bool) -> None:
        self._write, self._columns, self._rows, self._colours = write, columns, rows, colours
        self._lines: deque[StyledLine] = deque(maxlen=REPAINT_LINES)
        self._panel = Panel()
        self._rows_above_cursor = 0  # of the panel
        write("\r\n" * (rows - 1))  # the old contents scroll up, and stay in the scrollback

    def show(self, lines: Sequence[StyledLine], panel: Panel) -> None:
        """Write lines above the panel, and the panel as it is now."""
        if not lines and panel == self._panel:
            return
        self._lines.extend(lines)
        self._panel = panel
        rows = [row for line in lines for row in wrapped(line, self._columns)]
        self._send(
            self._to_panel_top() + (_ERASE_BELOW + self._text(rows) if lines else "") + self._panel_text()
        )

    def resize(self, columns: int, rows: int) -> None:
        """Repaint if the size has changed: terminals differ in what they do to the lines then."""
        if (columns, rows) != (self._columns, self._rows):
            self._columns, self._rows = columns, rows
            self.repaint()

    def repaint(self) -> None:
        """Write as many of the latest lines as fit, and the panel."""
        free = max(0, self._rows - len(self._panel.rows) - 1)
        fitting: deque[ScreenRow] = deque()
        for row in self._latest_rows():
            free -= max(1, -(-row.cells // self._columns))
            if free < 0:
                break
            fitting.appendleft(row)
        self._send(_HOME + _ERASE_BELOW + "\r\n" * free + self._text(fitting) + self._panel_text())

    def clear(self) -> None:
        """Remove all lines."""
        self._lines.clear()
        self.repaint()

    def close(self) -> None:
        """Remove the panel."""
        self._send(self._to_panel_top() + _ERASE_BELOW)
        self._rows_above_cursor = 0

    def _send(self, text: str) -> None:
        self._write(_BEGIN + text + _END)

    def _to_panel_top(self) -> str:
        """Return the sequence that moves the cursor to the first row of the panel."""
        return "\r" + (f"\x1b[{self._rows_above_cursor}A" if self._rows_above_cursor else "")

    def _latest_rows(self) -> Iterator[ScreenRow]:
        """Yield the rows of all lines, the latest first."""
        for line in reversed(self._lines):
            yield from reversed(list(wrapped(line, self._columns)))

    def _text(self, rows: Iterable[ScreenRow]) -> str:
        return "".join(rendered(row.pieces, self._colours) + "\r\n" for row in rows)

    def _panel_text(self) -> str:
        """Return the text that draws the panel from its first row on."""
        panel = self._panel
        rows = panel.rows[: max(0, self._rows - 1)]
        self._rows_above_cursor = len(rows)
        above = (rendered(cropped(row, self._columns - 1), self._colours) for row in rows)
        prompt = cropped(panel.prompt, self._columns // 2)
        room = self._columns - 1 - sum(width(piece.text) for piece in prompt)
        before, after = visible_part(panel.before, panel.after, room)
        written = "".join(f"{row}{_ERASE_REST}\r\n" for row in above)
        typed = f"{rendered(prompt, self._colours)}{before}{_SAVE_CURSOR}{after}"
        return f"{written}{typed}{_ERASE_BELOW}{_RESTORE_CURSOR}"


def wrapped(line: StyledLine, columns: int) -> Iterator[ScreenRow]:
    """Wrap a line between words. The terminal wraps longer words, so that a link can be copied whole."""
    row: list[StyledText] = []
    cells = 0
    for gap, word in _words(line):
        need = sum(width(piece.text) for piece in word)
        if row and cells + len(gap.text) + need > columns:
            yield ScreenRow(_joined(row), cells)
            row, cells = [], 0
            gap = StyledText(" " * INDENT if INDENT + need <= columns else "")
        row += [gap, *word]
        cells += len(gap.text) + need
    yield ScreenRow(_joined(row), cells)


def cropped(line: StyledLine, columns: int) -> StyledLine:
    """Return as much of a line as fits into one row; an ellipsis marks the cut."""
    if sum(width(piece.text) for piece in line) <= columns:
        return line
    fitting, room = [], columns - 1
    for text, style in line:
        text = cut_to_width(text, room)
        room -= width(text)
        fitting.append(StyledText(text, style))
    return (*fitting, StyledText("…"))


def visible_part(before: str, after: str, room: int) -> tuple[str, str]:
    """Return the part of the input line that fits around the cursor; it scrolls by half of the room."""
    before, after = before.replace("\n", "↵"), after.replace("\n", "↵")
    left = width(before)
    if left + width(after) <= room:
        return before, after
    half = max(1, room // 2)
    hidden = max(0, -(-(left - room + 2) // half)) * half
    if hidden:
        before = "‹" + drop_cells(before, hidden + 1)
    after = (
        after if width(before) + width(after) <= room else cut_to_width(after, room - width(before) - 1) + "›"
    )
    return before, after


def _joined(pieces: Iterable[StyledText]) -> StyledLine:
    """Join neighbouring pieces of the same style."""
    groups = groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.style)
    return tuple(StyledText("".join(piece.text for piece in group), style) for style, group in groups)


def _words(line: StyledLine) -> Iterator[tuple[StyledText, list[StyledText]]]:
    """Yield the words of a line, in styled pieces, each with the spaces before it."""
    word: list[StyledText] = []
    gap = StyledText("")
    for text, style in line:
        for number, part in enumerate(text.split(" ")):
            if number:
                if word:
                    yield gap, word
                    word, gap = [], StyledText("")
                gap = StyledText(gap.text + " ", style)
            if part:
                word.append(StyledText(part, style))
    if word:
        yield gap, word
