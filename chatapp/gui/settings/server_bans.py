"""Bans from the server on the page "This server"."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.deed_list import DeedList, DeedText
from chatapp.gui.widgets.setting_row import SectionHeading, SettingText
from chatapp.languages.numbers import format_number
from chatapp.languages.translation import N_, _

NOBODY = N_("Nobody is banned from this server.")


class ServerBans(ttk.Frame):
    """A heading with their number, and the list.

    Args:
        on_lift: Called with the mask of a ban.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_lift: Callable[[str], object]) -> None:
        super().__init__(master)
        self.columnconfigure(0, weight=1)
        self._heading = SectionHeading(self, theme, _("Banned"))
        self._heading.grid(sticky="ew", pady=(0, theme.px(8)))
        self.list = DeedList(self, theme, _(NOBODY), on_lift, is_low=True)
        self.list.grid(sticky="ew")

    def show(self, bans: Sequence[SettingText]) -> None:
        """Show these bans: the mask as key, who is banned, and the facts as note."""
        self._heading.show_note(format_number(len(bans)) if bans else "")
        self.list.show([DeedText(each) for each in bans])

    def show_problem(self, mask: str, text: str) -> None:
        """Show why a ban was not lifted, below it."""
        self.list.show_problem(mask, text)
