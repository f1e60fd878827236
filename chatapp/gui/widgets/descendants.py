"""All widgets inside another one."""

from __future__ import annotations

import tkinter as tk


def with_descendants(widget: tk.Misc) -> list[tk.Misc]:
    """Return a widget and all below it, parents first."""
    found: list[tk.Misc] = [widget]
    for child in widget.winfo_children():
        found += with_descendants(child)
    return found
