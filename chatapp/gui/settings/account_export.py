"""Saves the user's own messages as a file, and shows how far that is."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from tkinter import ttk

from chatapp.client.model.exports import MessageExport
from chatapp.gui.main.export_texts import AskPath, ask_path, progress_text
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.status_line import StatusLine
from chatapp.languages.translation import N_, _

LABEL = N_("Save my messages as a file…")


class AccountExport(ttk.Frame):
    """A button; while messages are fetched also the progress and a way to stop.

    Args:
        ask: Returns the name of the file; "" for none.
    """

    def __init__(self, master: tk.Misc, tools: PageTools, ask: AskPath = ask_path) -> None:
        super().__init__(master)
        px = tools.theme.px
        self._tools, self._theme, self._ask = tools, tools.theme, ask
        self._export: MessageExport | None = None
        self.columnconfigure(0, weight=1)
        self.button = ttk.Button(
            self,
            text=f" {_(LABEL)}",
            style="Quiet.TButton",
            compound="left",
            command=self._begin,
            cursor="hand2",
        )
        self.button.grid(row=0, column=0, sticky="w")
        self.progress = StatusLine(self, tools.theme, 13)
        self.cancel = ttk.Button(
            self, text=_("Cancel"), style="Small.TButton", command=self._stop, cursor="hand2"
        )
        self._gap = px(8)
        tools.theme.watch(self, self._paint)

    def apply(self, export: MessageExport) -> None:
        """Show that an export has gone on."""
        if export is self._export:
            self._paint()

    def reset(self) -> None:
        """Forget what is shown, because another network is shown."""
        self._export = None
        self._paint()

    def _begin(self) -> None:
        if self._export is not None and self._export.is_running:
            return
        path = self._ask(self)
        if path:
            self._export = self._tools.client.export_messages(Path(path))
            self._paint()

    def _stop(self) -> None:
        if self._export is not None:
            self._tools.client.cancel_export(self._export)

    def _paint(self) -> None:
        self._icon = self._theme.icon("download", "text", self._theme.grown(15))
        self.button.configure(image=self._icon)
        export = self._export
        is_running = export is not None and export.is_running
        self.button.state(["disabled" if is_running else "!disabled"])
        if export is None:
            self.progress.grid_remove()
            self.cancel.grid_remove()
            return
        is_done = export.state == "done"
        style = "Danger.TLabel" if export.state == "failed" else "Muted.TLabel"
        self.progress.show(progress_text(export), style, is_done)
        self.progress.grid(row=1, column=0, sticky="ew", padx=(self._gap, 0))
        if export.is_running:
            self.cancel.grid(row=1, column=1, sticky="e")
        else:
            self.cancel.grid_remove()
