"""Of the page "This server": whether a server on this computer keeps running, and starts by itself."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.setting_row import SettingRow, SettingText
from chatapp.gui.widgets.switch import Switch
from chatapp.languages.translation import N_

KEEP = SettingText(
    "keep",
    N_("Keep it running when I leave"),
    N_("Others can chat while this window is closed."),
    N_("background exit"),
)
START = SettingText(
    "start",
    N_("Start with the computer"),
    N_("The server starts when you log in."),
    N_("autostart boot login"),
)


class ServerHere(ttk.Frame):
    """Two switches.

    Args:
        on_keep: Called with the new position.
        on_start: Called with the new position; returns why it cannot be switched, empty if it is.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_keep: Callable[[bool], object],
        on_start: Callable[[bool], str],
    ) -> None:
        super().__init__(master, style="Outline.TFrame", padding=theme.px(3))
        self._on_start = on_start
        self.columnconfigure(0, weight=1)
        self.keep_row = SettingRow(self, theme, KEEP.translated(), is_low=True)
        self.start_row = SettingRow(self, theme, START.translated(), is_low=True)
        self.keep = self.keep_row.attach(Switch(self.keep_row, theme, on_change=on_keep))
        self.start = self.start_row.attach(Switch(self.start_row, theme, on_change=self._switch_start))
        self.keep_row.grid(sticky="ew")
        self.start_row.grid(sticky="ew")

    def show(self, keeps_running: bool, starts: bool) -> None:
        """Show both positions."""
        self.keep.show(keeps_running)
        self.start.show(starts)

    def _switch_start(self, on: bool) -> None:
        problem = self._on_start(on)
        self.start_row.show_problem(problem)
        if problem:
            self.start.show(not on)
