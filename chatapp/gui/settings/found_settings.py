"""What "Find a setting" has found: a list in place of the page."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from chatapp.gui.settings.setting_search import Found
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.gui.widgets.row_list import RowList
from chatapp.languages.translation import N_, _

INSET, PAD, TOP = 20, 12, 16  # pixels at 96 dpi
NOTHING = N_("No setting has these words.")


class FoundSettings(ttk.Frame):
    """The first row is marked; the field of the search moves the mark.

    Args:
        on_choose: Called with the row that the user chooses.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_choose: Callable[[Found], object]) -> None:
        super().__init__(master)
        self._on_choose = on_choose
        self._found: list[Found] = []
        self._marked = ""
        self.rows = RowList(
            self, theme, "pane", on_choose=self._choose,
            row=36, inset=INSET, pad=PAD, chosen_hint=shown_keys("Enter"), takes_focus=False,
        )  # fmt: skip
        self.rows.pack(fill="both", expand=True, pady=theme.px(TOP))

    @property
    def is_shown(self) -> bool:
        """Whether the list is on the screen."""
        return bool(self.winfo_manager())

    def show(self, found: Sequence[Found]) -> None:
        """Show what was found, over the page."""
        self._found = list(found)
        self._marked = "0" if found else ""
        self._paint()
        self.grid(row=1, column=0, sticky="nsew")
        self.lift()

    def hide(self) -> None:
        """Show the page again."""
        self.grid_forget()

    def move(self, step: int) -> str:
        """Mark another row."""
        if self._found and self.is_shown:
            self._marked = str(min(max(int(self._marked) + step, 0), len(self._found) - 1))
            self._paint()
        return "break"

    def choose(self) -> str:
        """Choose the marked row."""
        if self._marked and self.is_shown:
            self._choose(self._marked)
        return "break"

    def _choose(self, key: str) -> None:
        self._on_choose(self._found[int(key)])

    def _paint(self) -> None:
        rows = [_row(number, found) for number, found in enumerate(self._found)]
        self.rows.show(rows, self._marked, empty_text=_(NOTHING))


def _row(number: int, found: Found) -> ListRow:
    detail = found.page.name
    if found.text is not None and found.text.note:
        note = found.text.translated().note
        detail += f" · {shown_keys(note) if found.page.is_list else note}"  # of a shortcut, its keys
    return ListRow(
        str(number), found.label, icon=found.page.icon, icon_role="muted",
        detail=detail if found.text is not None else _("Page of the settings"), found=found.places,
    )  # fmt: skip
