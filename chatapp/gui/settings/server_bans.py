"""Bans from the server on the page "This server"."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.setting_row import SectionHeading, SettingCard, SettingRow, SettingText

MOST = 20  # bans that are shown before "Show all"
NOBODY = "Nobody is banned from this server."


class ServerBans(ttk.Frame):
    """A list with a button "Lift" for each.

    Args:
        on_lift: Called with the mask of a ban.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_lift: Callable[[str], object]) -> None:
        super().__init__(master)
        self._theme = theme
        self._on_lift = on_lift
        self._shown: Sequence[SettingText] | None = None
        self._shows_all = False
        self.columnconfigure(0, weight=1)
        self._heading = SectionHeading(self, theme, "Banned")
        self._heading.grid(sticky="ew", pady=(0, theme.px(8)))
        self._card = SettingCard(self, theme)
        self._card.grid(sticky="ew")
        self.rows: dict[str, SettingRow] = {}

    def show(self, bans: Sequence[SettingText]) -> None:
        """Show these bans: the mask as key, who is banned, and the facts as note."""
        if bans != self._shown:
            self._shown = bans
            self._list()

    def show_problem(self, mask: str, text: str) -> None:
        """Show why a ban was not lifted, below it."""
        if mask in self.rows:
            self.rows[mask].show_problem(text)

    def _list(self) -> None:
        bans = self._shown or ()
        self._heading.show_note(f"{len(bans):,}" if bans else "")
        self._card.clear()
        self.rows.clear()
        for ban in bans if self._shows_all else bans[:MOST]:
            row = self._card.add(SettingRow(self._card, self._theme, ban, is_bold=True))
            row.attach(
                ttk.Button(row, text="Lift", style="Small.TButton", command=partial(self._on_lift, ban.key))
            )
            self.rows[ban.key] = row
        if not bans:
            self._card.add(SettingRow(self._card, self._theme, SettingText("", NOBODY)))
        elif len(bans) > len(self.rows):
            row = self._card.add(SettingRow(self._card, self._theme, SettingText("", "")))
            text = f"Show all {len(bans):,}"
            row.attach(ttk.Button(row, text=text, style="Link.TButton", command=self._show_all))

    def _show_all(self) -> None:
        self._shows_all = True
        self._list()
