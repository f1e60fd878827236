"""A card with bans below one another, each with all that is known about it and the button that ends it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk
from typing import NamedTuple

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.setting_row import SettingCard, SettingRow, SettingText
from chatapp.languages.translation import N_, _

MOST = 20  # bans that are shown before "Show all"
LIFT = N_("Lift the ban")


class BanText(NamedTuple):
    """What a row says.

    Attributes:
        text: The mask as key, who is banned, and the facts as note.
        deed: What the button does, marked for translation.
    """

    text: SettingText
    deed: str = LIFT


class BanList(ttk.Frame):
    """The card.

    Args:
        nobody: The sentence in place of bans.
        on_lift: Called with the mask of a ban; None if the user may not lift bans.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, nobody: str, on_lift: Callable[[str], object] | None
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._nobody = nobody
        self._on_lift = on_lift
        self._shown: Sequence[BanText] | None = None
        self._shows_all = False
        self.columnconfigure(0, weight=1)
        self.card = SettingCard(self, theme)
        self.card.grid(sticky="ew")
        self.rows: dict[str, SettingRow] = {}

    def show(self, bans: Sequence[BanText]) -> None:
        """Show these bans."""
        if bans != self._shown:
            self._shown = bans
            self._list()

    def show_sentence(self, text: str) -> None:
        """Show a sentence in place of bans."""
        self._shown = None
        self._clear()
        self.card.add(SettingRow(self.card, self._theme, SettingText("", "", text)))

    def show_problem(self, mask: str, text: str) -> None:
        """Show why a ban was not lifted, below it."""
        if mask in self.rows:
            self.rows[mask].show_problem(text)

    def show_all(self) -> None:
        """Show every ban."""
        self._shows_all = True
        self._list()

    def _clear(self) -> None:
        self.card.clear()
        self.rows.clear()

    def _list(self) -> None:
        bans = self._shown or ()
        self._clear()
        for ban in bans if self._shows_all else bans[:MOST]:
            row = self.card.add(SettingRow(self.card, self._theme, ban.text, is_bold=True))
            if self._on_lift is not None:
                lift = partial(self._on_lift, ban.text.key)
                row.attach(ttk.Button(row, text=_(ban.deed), style="Small.TButton", command=lift))
            self.rows[ban.text.key] = row
        if not bans:
            self.card.add(SettingRow(self.card, self._theme, SettingText("", self._nobody)))
        elif len(bans) > len(self.rows):
            row = self.card.add(SettingRow(self.card, self._theme, SettingText("", "")))
            text = _("Show all {count:,}").format(count=len(bans))
            row.attach(ttk.Button(row, text=text, style="Link.TButton", command=self.show_all))
