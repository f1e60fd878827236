"""A card beside a button to choose one of many rows, by a filter field with arrows and Enter."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.popup import Popup
from chatapp.gui.widgets.row_list import RowList, bind_steps
from chatapp.gui.widgets.search_field import SearchField
from chatapp.languages.translation import N_, _

WIDTH, ROW = 336, 32  # pixels at 96 dpi
LEAST_ROWS, MOST_ROWS = 3, 8  # for which it has room
MARGIN, INSET, PAD = 8, 6, 10  # pixels at 96 dpi
STEPS = {"Up": -1, "Down": 1, "Prior": -8, "Next": 8}
NOTHING = N_("Nothing found")


class PopupPicker(Popup):
    """The first matching row is selected; arrows move the selection, Enter or a click chooses.

    Args:
        beside: The widget below which it opens.
        hint: Text in the empty filter field.
        find: Returns the rows for a filter text, the best match first. A row without a key is a note.
        on_choose: Called with the key of the chosen row, after the card has closed.
    """

    def __init__(
        self,
        beside: tk.Misc,
        theme: Theme,
        hint: str,
        find: Callable[[str], Sequence[ListRow]],
        on_choose: Callable[[str], object],
        on_close: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(beside, theme, on_close)
        px = theme.px
        self._find = find
        self._on_choose = on_choose
        self._found: Sequence[ListRow] = ()
        self._marked = ""
        self.rows = RowList(
            self.body, theme, "pane", on_choose=self._choose, row=ROW, inset=INSET, pad=PAD, takes_focus=False
        )
        self.field = SearchField(self.body, theme, hint, lambda text: self.refresh())
        self.entry = self.field.entry
        self.field.grid(row=0, column=0, sticky="ew", padx=px(MARGIN), pady=px(MARGIN))
        self.rows.grid(row=1, column=0, sticky="nsew", pady=(0, px(INSET)))
        self.body.columnconfigure(0, weight=1, minsize=px(WIDTH))
        self.refresh()
        row = max(px(ROW), theme.fonts["ChatBody"].metrics("linespace") + px(8))
        room = row * min(max(len(self._found), LEAST_ROWS), MOST_ROWS) + 2 * px(INSET)
        self.body.rowconfigure(1, weight=1, minsize=room)
        bind_steps(self.entry, STEPS, self._move)
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda event: self._choose(self._marked))
        self.open(beside, self.entry, is_below=True)

    def refresh(self) -> None:
        """Find the rows for the current text, and select the first one."""
        self._found = self._find(self.field.get().strip())
        keys = self._keys()
        self._marked = keys[0] if keys else ""
        self._show()

    def _show(self) -> None:
        note = next((row.text for row in self._found if not row.key), _(NOTHING))
        self.rows.show([row for row in self._found if row.key], self._marked, note)

    def _keys(self) -> list[str]:
        return [row.key for row in self._found if row.key]

    def _move(self, step: int) -> str:
        keys = self._keys()
        if keys:
            index = keys.index(self._marked) + step
            self._marked = keys[min(max(index, 0), len(keys) - 1)]
            self._show()
        return "break"

    def _choose(self, key: str) -> str:
        if key:
            self.close()
            self._on_choose(key)
        return "break"
