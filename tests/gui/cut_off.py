"""Finds texts that have less room than they need."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.widgets.descendants import with_descendants

TOLERANCE = 1  # pixels


def cut_off(widget: tk.Misc) -> list[str]:
    """Return the texts of visible labels, buttons and switches in a widget that are cut off at the right."""
    found = []
    for each in with_descendants(widget):
        if not isinstance(each, ttk.Label | ttk.Button | ttk.Checkbutton) or not each.winfo_viewable():
            continue
        outer: tk.Misc = each
        end = each.winfo_rootx() + each.winfo_reqwidth() - TOLERANCE
        while outer is not widget and outer.master is not None:
            outer = outer.master
            if outer.winfo_rootx() + outer.winfo_width() < end:
                break
        if each.winfo_width() < each.winfo_reqwidth() - TOLERANCE or outer is not widget:
            found.append(str(each.cget("text")))
    return found
