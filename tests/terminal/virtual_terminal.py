"""A terminal for tests: its output can be read row by row, without colours."""

from __future__ import annotations

import re

from chatapp.protocol.graphemes import clusters
from chatapp.terminal.text_width import width

_TOKEN = re.compile(
    r"\x1b\[(?P<parameters>[0-9;?]*)(?P<final>[A-Za-z])|\x1b(?P<single>[78])|[\r\n]|[^\x1b\r\n]+"
)
_BEGUN = re.compile(r"\x1b(\[[0-9;?]*)?\Z")


class VirtualTerminal:
    """Supports only the sequences that the screen uses. Rows that scroll out are stored."""

    def __init__(self, columns: int = 40, rows: int = 8) -> None:
        self.columns, self.height = columns, rows
        self.scrolled: list[str] = []
        self.modes: set[str] = set()
        self._cells: list[list[str]] = [[] for _ in range(rows)]
        self._row = self._column = 0
        self._scrolled_out = (0, 0)
        self._begun = ""

    @property
    def rows(self) -> list[str]:
        """Return the visible rows, from the first one that is not empty."""
        rows = ["".join(cells).rstrip() for cells in self._cells]
        return rows[next((at for at, row in enumerate(rows) if row), len(rows)) :]

    @property
    def cursor(self) -> tuple[int, int]:
        """Return row and column of the cursor, from 0."""
        return self._row, self._column

    def write(self, text: str) -> None:
        """Process output; a sequence may arrive in pieces."""
        text, self._begun = self._begun + text, ""
        begun = _BEGUN.search(text)
        if begun:
            text, self._begun = text[: begun.start()], begun[0]
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            assert match, f"not understood: {text[at : at + 20]!r}"
            at = match.end()
            if match["final"]:
                self._control(match["parameters"], match["final"])
            elif match["single"]:
                self._store_row(match["single"])
            else:
                self._put(match[0])

    def resize(self, columns: int, rows: int) -> None:
        """Change the size. Rows are truncated and not wrapped again, as on some terminals."""
        self.columns, self.height = columns, rows
        cells = [row[:columns] for row in self._cells]
        self._cells = ([[] for _ in range(rows)] + cells)[-rows:]
        self._row, self._column = rows - 1, min(self._column, columns - 1)

    def _put(self, text: str) -> None:
        if text == "\r":
            self._column = 0
        elif text == "\n":
            self._down()
        else:
            for cluster in clusters(text):
                self._show(cluster)

    def _show(self, cluster: str) -> None:
        cells = max(1, width(cluster))
        if self._column + cells > self.columns:
            self._column = 0
            self._down()
        row = self._cells[self._row]
        row += [" "] * (self._column - len(row))
        row[self._column : self._column + cells] = [cluster, *[""] * (cells - 1)]
        self._column += cells

    def _down(self) -> None:
        if self._row < self.height - 1:
            self._row += 1
            return
        self.scrolled.append("".join(self._cells.pop(0)).rstrip())
        self._cells.append([])

    def _store_row(self, what: str) -> None:
        if what == "7":
            self._scrolled_out = self._row, self._column
        else:
            self._row, self._column = self._scrolled_out

    def _control(self, parameters: str, final: str) -> None:
        number = int(parameters) if parameters.isdecimal() else 0
        if final in "hl" and parameters.startswith("?"):
            (self.modes.add if final == "h" else self.modes.discard)(parameters[1:])
        elif final == "A":
            self._row = max(0, self._row - max(1, number))
        elif final == "H":
            self._row = self._column = 0
        elif final in "JK" and number == 0:
            del self._cells[self._row][self._column :]
            if final == "J":
                self._cells[self._row + 1 :] = [[] for _ in self._cells[self._row + 1 :]]
        else:
            assert final == "m", f"not understood: ESC [ {parameters} {final}"
