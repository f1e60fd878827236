"""The page "Appearance" of the settings."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.settings.message_preview import MessagePreview
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.theme.theme import MAX_SIZE, MIN_SIZE, Theme
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.languages.translation import N_, _

THEME_LABELS = {
    "system": N_("Same as system"),
    "dark": N_("Dark"),
    "light": N_("Light"),
    "contrast": N_("High contrast"),
}
TEXTS = (
    SettingText("theme", N_("Theme"), keywords=N_("dark light high contrast colours colors mode night")),
    SettingText(
        "font_size",
        N_("Text size"),
        N_("Ctrl++ and Ctrl+− change it, too."),
        N_("font zoom large small points"),
    ),
    SettingText(
        "compact",
        N_("Compact messages"),
        N_("Less space between messages, so that more of them fit."),
        N_("density comfortable spacing dense"),
    ),
    SettingText("clock24", N_("24-hour clock"), N_("14:05 instead of 2:05 pm."), N_("time am pm")),
)


class AppearancePage(PageView):
    """How the window looks."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("Appearance"), TEXTS)
        card = self.section()
        self.theme_box = self.add_choice(
            card, "theme", {key: _(label) for key, label in THEME_LABELS.items()}
        )
        row = self.add(card, "font_size")
        self.text_size = row.attach(TextSize(row, tools))
        self.compact = self.add_switch(card, "compact")
        self.clock = self.add_switch(card, "clock24")
        shown = self.section(_("Preview"))
        self.preview = shown.add(MessagePreview(shown, self.theme))

    def show(self) -> None:
        """Show the settings, and messages as they look with them."""
        super().show()
        self.preview.show(not self.tools.settings.clock24)


class TextSize(ttk.Frame):
    """Two buttons and the size between them."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master)
        self._tools = tools
        self._theme: Theme = tools.theme
        self.smaller = ttk.Button(self, text="A−", command=lambda: self._resize(-1))
        self._size = ttk.Label(self, anchor="center", width=4)
        self.larger = ttk.Button(self, text="A+", command=lambda: self._resize(1))
        for widget in (self.smaller, self._size, self.larger):
            widget.pack(side="left")
        self._theme.watch(self, self._show)

    def _resize(self, step: int) -> None:
        self._tools.set("font_size", min(max(self._theme.size + step, MIN_SIZE), MAX_SIZE))

    def _show(self) -> None:
        """Show the size; also called after a shortcut has changed it."""
        self._size.configure(text=str(self._theme.size))
        self.smaller.state(["disabled" if self._theme.size == MIN_SIZE else "!disabled"])
        self.larger.state(["disabled" if self._theme.size == MAX_SIZE else "!disabled"])


APPEARANCE = SettingsPage("appearance", N_("Appearance"), "palette", TEXTS, AppearancePage)
