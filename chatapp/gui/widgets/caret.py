"""Keys that move the caret or delete, in every field: by what people see as one character, and by words.

Tk moves by code points and would take an accent from its letter, or a person out of a family emoji. These
bindings replace those of Tk's own classes. All arithmetic is in Tk's units: in 8.6 an emoji counts as two.
"""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.widgets.platform_events import MAC
from chatapp.protocol import graphemes

Move = Callable[[str, int], int]  # a text and a place in it give another place

AROUND = 20  # lines above and below the caret that a key may cross
ENTRIES = ("TEntry", "TCombobox")


def bind(root: tk.Misc) -> None:
    """Bind the keys for all fields of this program."""
    for event, move in (
        ("PrevChar", graphemes.before),
        ("NextChar", graphemes.after),
        ("PrevWord", graphemes.word_before),
        ("NextWord", _next_word),
    ):
        for name, go in (("Text", _go), *((entry, _go_in_entry) for entry in ENTRIES)):
            root.bind_class(name, f"<<{event}>>", _doing(go, move, False))
            root.bind_class(name, f"<<Select{event}>>", _doing(go, move, True))
    option = ("Option-BackSpace",) if MAC else ()
    for keys, move in (
        (("BackSpace", "Control-h"), graphemes.before),
        (("Delete", "Control-d"), graphemes.after),
        (("Control-BackSpace", "Meta-BackSpace", "Meta-Delete", *option), graphemes.word_before),
        (("Control-Delete", "Meta-d"), graphemes.word_after),
    ):
        for key in keys:
            root.bind_class("Text", f"<{key}>", _doing(_delete, move, False))
            for entry in ENTRIES:
                root.bind_class(entry, f"<{key}>", _doing(_delete_in_entry, move, False))


def _doing(
    act: Callable[[tk.Misc, Move, bool], None], move: Move, selects: bool
) -> Callable[[tk.Event[tk.Misc]], None]:
    """Return what an event calls.

    Args:
        selects: whether the selection is extended.
    """
    return lambda event: act(event.widget, move, selects)


def _go(field: tk.Misc, move: Move, selects: bool) -> None:
    assert isinstance(field, tk.Text)
    field.tk.call("tk::TextKeySelect" if selects else "tk::TextSetCursor", field, _goal(field, move))


def _delete(field: tk.Misc, move: Move, selects: bool) -> None:
    """Delete the selection if the caret is in it, else what the caret would move over."""
    assert isinstance(field, tk.Text)
    if field.tk.getboolean(field.tk.call("tk::TextCursorInSelection", field)):
        field.delete("sel.first", "sel.last")
    else:
        goal = _goal(field, move)
        field.delete(*(("insert", goal) if field.compare(goal, ">", "insert") else (goal, "insert")))
    field.see("insert")


def _goal(field: tk.Text, move: Move) -> str:
    """Return the index to which the caret would move."""
    start = field.index(f"insert -{AROUND} lines linestart")
    head = field.get(start, "insert")
    text = head + field.get("insert", f"insert +{AROUND} lines lineend")
    *lines, line = text[: move(text, len(head))].split("\n")
    return f"{int(start.partition('.')[0]) + len(lines)}.{_units(field, line)}"


def _go_in_entry(field: tk.Misc, move: Move, selects: bool) -> None:
    assert isinstance(field, ttk.Entry)
    _, goal = _goal_in_entry(field, move)
    if selects:
        field.tk.call("ttk::entry::ExtendTo", field, goal)
    else:
        field.icursor(goal)
        field.selection_clear()
    field.tk.call("ttk::entry::See", field)


def _delete_in_entry(field: tk.Misc, move: Move, selects: bool) -> None:
    assert isinstance(field, ttk.Entry)
    if not field.tk.getboolean(field.tk.call("ttk::entry::PendingDelete", field)):
        field.delete(*sorted(_goal_in_entry(field, move)))
    field.tk.call("ttk::entry::See", field)


def _goal_in_entry(field: ttk.Entry, move: Move) -> tuple[int, int]:
    """Return where the caret is, and where it would move."""
    text = field.get()
    at = len(str(field.tk.call("string", "range", text, 0, field.index("insert") - 1)))
    return _units(field, text[:at]), _units(field, text[: move(text, at)])


def _units(field: tk.Misc, text: str) -> int:
    """Return how many characters Tk counts."""
    return int(field.tk.call("string", "length", text))


def _next_word(text: str, at: int) -> int:
    """Return where Ctrl+Right leads: the end of the word, on Windows the beginning of the next one."""
    at = graphemes.word_after(text, at)
    while sys.platform == "win32" and at < len(text) and text[at].isspace():
        at += 1
    return at
