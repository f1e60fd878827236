"""Texts that wrap at the width of the frame that they stand in."""

from __future__ import annotations

import re
import tkinter as tk
from tkinter import font as fonts
from tkinter import ttk

LEAST = 120  # pixels; a frame that is not placed yet is one pixel wide, and must not make a label very high
EDGES = 4  # pixels of a label, left and right of its text


def wrap_at(label: ttk.Label, width: int) -> None:
    """Wrap the text of a label so that it is at most so many pixels wide, unless there is no width yet."""
    if width > 1:
        label.configure(wraplength=max(width - EDGES, LEAST))


def wrap_control(widget: tk.Misc, width: int) -> None:
    """Wrap the text of a label, a button or a switch so that it is at most so wide; 0 unwraps it.

    In a frame that holds several controls, its buttons wrap. Anything else stays as it is.
    """
    if isinstance(widget, ttk.Label):
        free = width - _beside_text(widget) if width else 0
        widget.configure(wraplength=max(free, 1) if width else 0)
    elif isinstance(widget, ttk.Button | ttk.Checkbutton) and (text := str(widget.cget("text"))):
        line = re.sub("\n *", " ", text)
        if line != text:
            widget.configure(text=line)
        if 0 < width < widget.winfo_reqwidth():
            widget.configure(text=_broken(line, _font(widget), width - _beside_text(widget)))

    elif isinstance(widget, ttk.Frame):
        for child in widget.winfo_children():
            if isinstance(child, ttk.Button | ttk.Frame):
                wrap_control(child, width)


def unwrapped_width(widget: tk.Misc) -> int:
    """Put the text of a control on one line; return the width that it needs then.

    Tk updates the requested width of a frame later, so that of its parts counts, too.
    """
    wrap_control(widget, 0)
    parts = widget.winfo_children() if isinstance(widget, ttk.Frame) else []
    return max(widget.winfo_reqwidth(), *(each.winfo_reqwidth() for each in parts), 0)


def _font(widget: ttk.Widget) -> fonts.Font:
    name = str(widget.cget("font")) if isinstance(widget, ttk.Label) else ""
    style = str(widget.cget("style")) or widget.winfo_class()
    return fonts.nametofont(name or str(ttk.Style(widget).lookup(style, "font")), widget)


def _beside_text(widget: ttk.Label | ttk.Button | ttk.Checkbutton) -> int:
    """Return the width of what is beside the text: picture, margins."""
    if isinstance(widget, ttk.Label):
        widget.configure(wraplength=0)
    lines = str(widget.cget("text")).split("\n")
    return widget.winfo_reqwidth() - max(map(_font(widget).measure, lines))


def _broken(text: str, font: fonts.Font, width: int) -> str:
    """Return a text with line breaks in place of spaces, so that it is as narrow as possible."""
    lines: list[str] = []
    start = text[: len(text) - len(text.lstrip(" "))]  # the gap beside a picture
    for word in text.split():
        if lines and font.measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(start + word)
    return "\n".join(lines)
