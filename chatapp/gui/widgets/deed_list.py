"""A card with rows below one another, each with what is known about one thing and a button for it.

For example bans with "Lift the ban", or files with "Delete…".
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk
from typing import NamedTuple

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.setting_row import SettingCard, SettingRow, SettingText
from chatapp.languages.translation import N_, _

MOST = 20  # rows that are shown before "Show all"
LIFT = N_("Lift the ban")


class DeedText(NamedTuple):
    """What a row says.

    Attributes:
        text: The key of the row, its name, and the facts as note.
        deed: What the button does, marked for translation.
    """

    text: SettingText
    deed: str = LIFT


class DeedList(ttk.Frame):
    """The card.

    Args:
        nothing: The sentence in place of rows.
        on_deed: Called with the key of a row; None if the rows have no button.
        most: Rows that are shown before "Show all".
        is_low: Whether there is little room above and below the text of a row.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        nothing: str,
        on_deed: Callable[[str], object] | None,
        most: int = MOST,
        is_low: bool = False,
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._nothing = nothing
        self._on_deed = on_deed
        self._most = most
        self._is_low = is_low
        self._shown: Sequence[DeedText] | None = None
        self._shows_all = False
        self.columnconfigure(0, weight=1)
        self.card = SettingCard(self, theme)
        self.card.grid(sticky="ew")
        self.rows: dict[str, SettingRow] = {}

    def show(self, rows: Sequence[DeedText]) -> None:
        """Show these rows."""
        if rows != self._shown:
            self._shown = rows
            self._list()

    def show_sentence(self, text: str) -> None:
        """Show a sentence in place of rows."""
        self._shown = None
        self._clear()
        self.card.add(SettingRow(self.card, self._theme, SettingText("", "", text)))

    def show_problem(self, key: str, text: str) -> None:
        """Show below a row why its deed was not done."""
        if key in self.rows:
            self.rows[key].show_problem(text)

    def show_all(self) -> None:
        """Show every row."""
        self._shows_all = True
        self._list()

    def _clear(self) -> None:
        self.card.clear()
        self.rows.clear()

    def _list(self) -> None:
        shown = self._shown or ()
        self._clear()
        for each in shown if self._shows_all else shown[: self._most]:
            row = self.card.add(
                SettingRow(self.card, self._theme, each.text, is_bold=True, is_low=self._is_low)
            )
            if self._on_deed is not None:
                act = partial(self._on_deed, each.text.key)
                row.attach(ttk.Button(row, text=_(each.deed), style="Small.TButton", command=act))
            self.rows[each.text.key] = row
        if not shown:
            self.card.add(SettingRow(self.card, self._theme, SettingText("", self._nothing)))
        elif len(shown) > len(self.rows):
            row = self.card.add(SettingRow(self.card, self._theme, SettingText("", "")))
            text = _("Show all {count:,}").format(count=len(shown))
            row.attach(ttk.Button(row, text=text, style="Link.TButton", command=self.show_all))
