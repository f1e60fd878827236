"""Saves the user's own messages as a file, and shows how far that is."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import filedialog, ttk

from chatapp.client.model.exports import MessageExport
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.status_line import StatusLine
from chatapp.languages.numbers import format_number
from chatapp.languages.translation import N_, _, ngettext

LABEL = N_("Save my messages as a file…")
FILE_TYPES = ((N_("Page for a browser"), "*.html"), (N_("Data for programs"), "*.json"))
AskPath = Callable[[tk.Misc], str]


def ask_path(master: tk.Misc) -> str:
    """Ask for the name of a file; return "" if the user has cancelled."""
    return str(
        filedialog.asksaveasfilename(
            parent=master.winfo_toplevel(),
            title=_("Save my messages"),
            filetypes=[(_(label), pattern) for label, pattern in FILE_TYPES],
            defaultextension=".html",
            initialfile=_("My messages.html"),
        )
        or ""
    )


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


def progress_text(export: MessageExport) -> str:
    """Return how far an export is, or how it has ended."""
    found, count = export.found, format_number(export.found)
    if export.state == "failed":
        return export.problem
    if export.state == "cancelled":
        return _("Cancelled. Nothing was saved.")
    if export.state == "done":
        text = ngettext("{count} message is saved in {file}.", "{count} messages are saved in {file}.", found)
        return text.format(count=count, file=export.path.name)
    messages = ngettext("{count} message", "{count} messages", found).format(count=count)
    if export.state == "writing":
        return _("{messages} · writing the file…").format(messages=messages)
    if not export.conversations:
        return _("Looking for your messages…")
    text = ngettext(
        "{messages} · {finished} of {count} conversation",
        "{messages} · {finished} of {count} conversations",
        export.conversations,
    )
    return text.format(messages=messages, finished=export.finished, count=export.conversations)
