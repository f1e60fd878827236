"""A dialog to choose one of many rows: a filter field and the list below it, used with arrows and Enter."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Dialog
from chatapp.gui.widgets.hint_entry import HintEntry
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.row_list import RowList, bind_steps

HEIGHT = 300  # of the list, in pixels at 96 dpi
STEPS = {"Up": -1, "Down": 1, "Prior": -8, "Next": 8}


class Picker(Dialog):
    """The first matching row is selected; arrows move the selection, Enter or a click chooses.

    Args:
        hint: Text in the empty filter field.
        find: Returns the rows for a filter text, the best match first.
        on_choose: Called with the key of the chosen row, after the dialog has closed.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        title: str,
        hint: str,
        find: Callable[[str], Sequence[ListRow]],
        on_choose: Callable[[str], object],
        on_close: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(master, theme, title, on_close)
        self._find = find
        self._on_choose = on_choose
        self._keys: list[str] = []
        self._marked = ""
        self.rows = RowList(self.body, theme, "pane", on_choose=self._choose, takes_focus=False)
        self.entry = HintEntry(self.body, theme, hint, on_change=lambda text: self.refresh())
        self.entry.grid(row=0, column=0, sticky="ew")
        self.rows.grid(row=1, column=0, sticky="nsew", pady=(theme.px(8), 0))
        self.body.rowconfigure(1, minsize=theme.px(HEIGHT))
        bind_steps(self.entry, STEPS, self._move)
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda event: self._choose(self._marked))
        self.refresh()
        self.open(self.entry)

    def refresh(self) -> None:
        """Find the rows for the current text, and select the first one."""
        rows = self._find(self.entry.get().strip())
        self._keys = [row.key for row in rows if row.key]
        self._marked = self._keys[0] if self._keys else ""
        self._shown = rows
        self.rows.show(rows, self._marked)

    def _move(self, step: int) -> str:
        if self._keys:
            index = self._keys.index(self._marked) + step
            self._marked = self._keys[min(max(index, 0), len(self._keys) - 1)]
            self.rows.show(self._shown, self._marked)
        return "break"

    def _choose(self, key: str) -> None:
        if key:
            self.close()
            self._on_choose(key)
