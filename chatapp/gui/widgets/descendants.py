"""All widgets inside another one."""

from __future__ import annotations

import tkinter as tk


def with_descendants(widget: tk.Misc) -> list[tk.Misc]:
    """Return a widget and all below it, parents first; without what Tk makes, as the list of a combobox."""
    found: list[tk.Misc] = [widget]
    for child in widget.children.values():
        found += with_descendants(child)
    return found
