"""The page "Shortcuts" of the settings: all keyboard shortcuts, by where they have their effect."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets import shortcuts
from chatapp.gui.widgets.setting_row import SettingRow, SettingText

KEYS_GAP = "  "  # between the keys of a shortcut in the table
TEXTS = tuple(
    SettingText(f"{part} {description}", description, keys, "keyboard shortcut key")
    for part, found in shortcuts.by_part().items()
    for description, keys in found
)


class ShortcutsPage(PageView):
    """Each shortcut is a row with its keys in boxes."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, "Keyboard shortcuts", TEXTS)
        for part, found in shortcuts.by_part().items():
            card = self.section(part)
            for description, keys in found:
                text = SettingText("", description)
                row = card.add(SettingRow(card, self.theme, text, is_low=True))
                row.attach(self._keys(row, keys))
                self.rows[f"{part} {description}"] = row

    def _keys(self, row: tk.Misc, keys: str) -> ttk.Frame:
        frame, gap = ttk.Frame(row), self.theme.px(6)
        for number, key in enumerate(keys.split(KEYS_GAP)):
            ttk.Label(frame, text=key, style="Key.TLabel").pack(side="left", padx=(gap if number else 0, 0))
        return frame


SHORTCUTS_PAGE = SettingsPage("shortcuts", "Shortcuts", "keyboard", TEXTS, ShortcutsPage, is_list=True)
