"""Lines that scroll away upwards, and below them a panel that stays: the last rows of the terminal.

    10:02 Ben: hello           written once, and left to the terminal's own scrolling
    10:03 Dee: hi Ben
    1:#general 2:Ben +1        the panel: rows, the last of which has the cursor
    [#general] what I wri_

What is written goes out in one piece, so that nobody sees it half done.

Source  ECMA-48 (CUU, ED, EL); DEC STD 070 (DECSC, DECRC); synchronized output, private mode 2026
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from chatapp.terminal.ansi import StyledLine, StyledText, rendered
from chatapp.terminal.rendering import INDENT
from chatapp.terminal.text_width import cut, shifted, width

KEPT = 500  # lines, to be written anew when the terminal changes its size

_BEGIN, _END = "\x1b[?2026h\x1b[?25l", "\x1b[?25h\x1b[?2026l"
_HOME, _ERASE_BELOW, _ERASE_REST = "\x1b[H", "\x1b[J", "\x1b[K"
_KEEP_CURSOR, _BACK_TO_CURSOR = "\x1b7", "\x1b8"


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows, and the line that is being written: a prompt, what stands before the cursor, and what after."""

    rows: tuple[StyledLine, ...] = ()
    prompt: StyledLine = ()
    before: str = ""
    after: str = ""


class ScreenRow(NamedTuple):
    """A part of a line between two breaks; a long word in it goes over several rows of the terminal."""

    pieces: StyledLine
    cells: int


class Screen:
    """Takes  write: gives text to the terminal"""

    def __init__(self, write: Callable[[str], object], columns: int, rows: int, colours: bool) -> None:
        self._write, self._columns, self._rows, self._colours = write, columns, rows, colours
        self._lines: deque[StyledLine] = deque(maxlen=KEPT)
        self._panel = Panel()
        self._above = 0  # rows of the panel above the cursor
        write("\r\n" * (rows - 1))  # what was on the screen scrolls away, and is not lost

    def show(self, lines: Sequence[StyledLine], panel: Panel) -> None:
        """Write lines above the panel, and the panel as it is now."""
        if not lines and panel == self._panel:
            return
        self._lines.extend(lines)
        self._panel = panel
        rows = [row for line in lines for row in wrapped(line, self._columns)]
        self._send(self._upwards() + (_ERASE_BELOW + self._text(rows) if lines else "") + self._bottom())

    def resize(self, columns: int, rows: int) -> None:
        """The terminal has another size: nobody knows what it made of our lines, so they are written anew."""
        if (columns, rows) != (self._columns, self._rows):
            self._columns, self._rows = columns, rows
            self.repaint()

    def repaint(self) -> None:
        """Write everything anew that fits on the screen."""
        free = max(0, self._rows - len(self._panel.rows) - 1)
        fitting: deque[ScreenRow] = deque()
        for row in self._latest_rows():
            free -= max(1, -(-row.cells // self._columns))
            if free < 0:
                break
            fitting.appendleft(row)
        self._send(_HOME + _ERASE_BELOW + "\r\n" * free + self._text(fitting) + self._bottom())

    def clear(self) -> None:
        """Take all lines away."""
        self._lines.clear()
        self.repaint()

    def close(self) -> None:
        """Take the panel away."""
        self._send(self._upwards() + _ERASE_BELOW)
        self._above = 0

    def _send(self, text: str) -> None:
        self._write(_BEGIN + text + _END)

    def _upwards(self) -> str:
        """To where the panel begins."""
        return "\r" + (f"\x1b[{self._above}A" if self._above else "")

    def _latest_rows(self) -> Iterator[ScreenRow]:
        """The rows of all lines, the last one first."""
        for line in reversed(self._lines):
            yield from reversed(list(wrapped(line, self._columns)))

    def _text(self, rows: Iterable[ScreenRow]) -> str:
        return "".join(rendered(row.pieces, self._colours) + "\r\n" for row in rows)

    def _bottom(self) -> str:
        """The panel, written from its first row on."""
        panel = self._panel
        rows = panel.rows[: max(0, self._rows - 1)]
        self._above = len(rows)
        above = (rendered(cropped(row, self._columns - 1), self._colours) for row in rows)
        prompt = cropped(panel.prompt, self._columns // 2)
        room = self._columns - 1 - sum(width(piece.text) for piece in prompt)
        before, after = window(panel.before, panel.after, room)
        written = "".join(f"{row}{_ERASE_REST}\r\n" for row in above)
        typed = f"{rendered(prompt, self._colours)}{before}{_KEEP_CURSOR}{after}"
        return f"{written}{typed}{_ERASE_BELOW}{_BACK_TO_CURSOR}"


def wrapped(line: StyledLine, columns: int) -> Iterator[ScreenRow]:
    """A line in rows, broken between words. What is longer is left to the terminal, to be copied in one."""
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
    """As much of a line as fits into one row, with a sign that there is more."""
    if sum(width(piece.text) for piece in line) <= columns:
        return line
    kept, room = [], columns - 1
    for text, style in line:
        text = cut(text, room)
        room -= width(text)
        kept.append(StyledText(text, style))
    return (*kept, StyledText("…"))


def window(before: str, after: str, room: int) -> tuple[str, str]:
    """What is seen of a line with the cursor in it: it moves by half of what there is room for."""
    before, after = before.replace("\n", "↵"), after.replace("\n", "↵")
    left = width(before)
    if left + width(after) <= room:
        return before, after
    half = max(1, room // 2)
    gone = max(0, -(-(left - room + 2) // half)) * half
    if gone:
        before = "‹" + shifted(before, gone + 1)
    after = after if width(before) + width(after) <= room else cut(after, room - width(before) - 1) + "›"
    return before, after


def _joined(pieces: Iterable[StyledText]) -> StyledLine:
    """The same with neighbours of one style as one piece."""
    groups = groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.style)
    return tuple(StyledText("".join(piece.text for piece in group), style) for style, group in groups)


def _words(line: StyledLine) -> Iterator[tuple[StyledText, list[StyledText]]]:
    """The words of a line in their pieces, each with the spaces that stand before it."""
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
