"""The card with all keyboard shortcuts."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.client.local.settings import DEFAULT_FONT_SIZE
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import shortcuts
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.list_row import Heading, ListRow, Row
from chatapp.gui.widgets.popup import Popup
from chatapp.gui.widgets.row_list import RowList

WIDTH, HEIGHT = 560, 560  # in pixels at 96 dpi
MARGIN = 16
TITLE = "Keyboard shortcuts"


class ShortcutsDialog(Popup):
    """Lists the shortcuts by where they have their effect. Arrow keys scroll, Escape closes it."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master, theme)
        px = theme.px
        title = ttk.Label(self.body, text=TITLE, style="Header.TLabel")
        self.close_button = IconButton(self.body, theme, "x", "Close", self.close, key="Esc")
        self.rows = RowList(self.body, theme, "pane", inset=MARGIN - 8)
        title.grid(row=0, column=0, sticky="w", padx=px(MARGIN), pady=px(12))
        self.close_button.grid(row=0, column=1, sticky="e", padx=px(8))
        self.rows.grid(row=1, column=0, columnspan=2, sticky="nsew", pady=(0, px(8)))
        self.body.columnconfigure(0, weight=1)
        self.body.rowconfigure(1, weight=1)
        self.body.grid_propagate(False)
        growth = max(1.0, theme.size / DEFAULT_FONT_SIZE)  # so that large text is not cut off
        self.body.configure(width=px(WIDTH * growth), height=px(HEIGHT * growth))
        self.rows.show(shortcut_rows())
        self.open_in_window(self.rows.canvas)


def shortcut_rows() -> list[Row]:
    """Return a row for each shortcut, under headings."""
    rows: list[Row] = []
    for part, found in shortcuts.by_part().items():
        rows.append(Heading(part.upper()))
        rows += [ListRow(f"{part} {text}", text, count=keys) for text, keys in found]
    return rows
