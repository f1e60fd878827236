"""The page "Shortcuts" of the settings: all keyboard shortcuts, by where they have their effect."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets import shortcuts
from chatapp.gui.widgets.flow_row import FlowRow
from chatapp.gui.widgets.setting_row import PAD, SettingRow, SettingText
from chatapp.languages.translation import N_, _

KEYS_GAP = "  "  # between the keys of a shortcut in the table
KEYWORDS = N_("keyboard shortcut key")
TEXTS = tuple(
    SettingText(f"{each.part} {each.description}", each.description, each.keys, KEYWORDS)
    for each in shortcuts.SHORTCUTS
)


class ShortcutsPage(PageView):
    """Each shortcut is a row with its keys in boxes."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("Keyboard shortcuts"), TEXTS)
        for part, found in shortcuts.by_part().items():
            card = self.section(_(shortcuts.PARTS[part]))
            for each in found:
                row = card.add(SettingRow(card, self.theme, SettingText("", each.text), is_low=True))
                row.attach(self._keys(row, each.shown_keys))
                self.rows[f"{part} {each.description}"] = row

    def _keys(self, row: tk.Misc, keys: str) -> FlowRow:
        frame = FlowRow(row, self.theme)
        labels = [ttk.Label(frame, text=key, style="Key.TLabel") for key in keys.split(KEYS_GAP)]
        frame.show(*labels)
        row.bind("<Configure>", lambda event: frame.fit(event.width - 2 * self.theme.px(PAD)), add=True)
        return frame


SHORTCUTS_PAGE = SettingsPage("shortcuts", N_("Shortcuts"), "keyboard", TEXTS, ShortcutsPage, is_list=True)
