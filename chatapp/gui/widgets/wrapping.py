"""Labels whose text wraps at the width of the frame that they stand in."""

from __future__ import annotations

from tkinter import ttk

LEAST = 120  # pixels; a frame that is not placed yet is one pixel wide, and must not make a label very high


def wrap_at(label: ttk.Label, width: int) -> None:
    """Wrap the text of a label at a width in pixels, unless there is no width yet."""
    if width > 1:
        label.configure(wraplength=max(width, LEAST))
