"""The dialog to be away: a field for the reason, which others see beside the name."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Dialog, Field
from chatapp.languages.translation import N_, _

TITLE = N_("Set away")
LABEL = N_("Why are you away?")
HINT = N_("optional")
NOTE = N_("Everybody in your channels can see this. Example: At lunch until 13:00")


class AwayDialog(Dialog):
    """Asks for a reason.

    Args:
        reason: The present reason.
        longest: The maximum length of a reason in characters; 0 for no limit.
        on_away: Called with the reason, which may be empty.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        reason: str,
        longest: int,
        on_away: Callable[[str], object],
    ) -> None:
        super().__init__(master, theme, _(TITLE))
        self._longest = longest
        self._on_away = on_away
        px = theme.px
        self.field = Field(self.body, theme, _(LABEL), _(HINT))
        self.field.value = reason
        self.field.show_note(_(NOTE))
        self.field.grid(row=0, column=0, sticky="ew")
        foot = ttk.Frame(self.body)
        foot.grid(row=1, column=0, sticky="e", pady=(px(20), 0))
        ttk.Button(foot, text=_("Cancel"), command=self.close).pack(side="left", fill="y")
        self.button = ttk.Button(foot, text=_(TITLE), style="Primary.TButton", command=self._accept)
        self.button.pack(side="left", padx=(px(8), 0), fill="y")
        for key in ("<Return>", "<KP_Enter>"):
            self.field.entry.bind(key, lambda event: self._accept())
        self.open(self.field.entry)
        self.field.entry.selection_range(0, "end")

    def _accept(self) -> None:
        reason = " ".join(self.field.value.split())
        if self._longest and len(reason) > self._longest:
            text = _("At most {longest} characters; these are {count}.")
            self.field.show_error(text.format(longest=self._longest, count=len(reason)))
            return
        self.close()
        self._on_away(reason)
