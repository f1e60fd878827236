"""Where the user's own messages are saved, and the words for how far that is."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import filedialog

from chatapp.client.model.exports import MessageExport
from chatapp.languages.numbers import format_number
from chatapp.languages.translation import N_, _, ngettext

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


def progress_text(export: MessageExport) -> str:
    """Return how far an export is, or how it has ended."""
    found, count = export.found, format_number(export.found)
    if export.state == "failed":
        return export.problem
    if export.state == "cancelled":
        return _("Cancelled. Nothing was saved.")
    if export.state == "done":
        text = ngettext("{count} message is saved in {file}.", "{count} messages are saved in {file}.", found)
        if export.is_partial:
            text = ngettext(
                "{count} message that was loaded is saved in {file}.",
                "{count} messages that were loaded are saved in {file}.",
                found,
            )
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
