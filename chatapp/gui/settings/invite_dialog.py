"""The card "Invite people" as a dialog."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from chatapp.gui.settings.first_chat_cards import InviteCard
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Dialog
from chatapp.languages.translation import _

WIDTH = 680  # pixels at 96 dpi, if the screen has room for it


class InviteDialog(Dialog):
    """Fill `card`, then call `open`."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_copy: Callable[[str], object],
        on_full_screen: Callable[[str], object],
        on_close: Callable[[], object],
    ) -> None:
        super().__init__(master, theme, _("Invite people"), on_close)
        px = theme.px
        width = min(px(theme.grown(WIDTH)), self.winfo_screenwidth() - px(80))
        self.card = InviteCard(self.body, theme, on_copy, on_full_screen, number=0)
        self.card.grid(sticky="ew")
        self.body.columnconfigure(0, weight=1, minsize=width)
        self.card.wrap(width)
