"""Keys that move the caret or delete, in every field: by grapheme clusters and by words.

Tk moves by code points, so it would separate an accent from its letter or a person from a family emoji. These
bindings replace those of Tk's own classes. All offsets are in Tk's units: in 8.6 an emoji counts as two.
"""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.widgets.platform_events import IS_MAC
from chatapp.gui.widgets.widget_paths import TkEntry
from chatapp.protocol import graphemes

Move = Callable[[str, int], int]  # takes a text and an offset in it, returns the new offset

CONTEXT_LINES = 20  # lines above and below the caret that a key may cross
ENTRIES = ("TEntry", "TCombobox")


def bind(root: tk.Misc) -> None:
    """Bind the keys for all fields of this process."""
    for event, move in (
        ("PrevChar", graphemes.before),
        ("NextChar", graphemes.after),
        ("PrevWord", graphemes.word_before),
        ("NextWord", _next_word),
    ):
        for name, action in (("Text", _move), *((entry, _move_in_entry) for entry in ENTRIES)):
            root.bind_class(name, f"<<{event}>>", _handler(root, action, move, False))
            root.bind_class(name, f"<<Select{event}>>", _handler(root, action, move, True))
    option = ("Option-BackSpace",) if IS_MAC else ()
    for keys, move in (
        (("BackSpace", "Control-h"), graphemes.before),
        (("Delete", "Control-d"), graphemes.after),
        (("Control-BackSpace", "Meta-BackSpace", "Meta-Delete", *option), graphemes.word_before),
        (("Control-Delete", "Meta-d"), graphemes.word_after),
    ):
        for key in keys:
            root.bind_class("Text", f"<{key}>", _handler(root, _delete, move, False))
            for entry in ENTRIES:
                root.bind_class(entry, f"<{key}>", _handler(root, _delete_in_entry, move, False))


def _handler(
    root: tk.Misc, action: Callable[[tk.Misc, Move, bool], None], move: Move, selects: bool
) -> Callable[[tk.Event[tk.Misc]], None]:
    """Return an event handler.

    Args:
        selects: Whether the selection is extended.
    """

    def handle(event: tk.Event[tk.Misc]) -> None:
        if isinstance(event.widget, tk.Misc):
            action(event.widget, move, selects)
        elif action in (_move_in_entry, _delete_in_entry):
            action(TkEntry(root, event.widget), move, selects)  # of the dialog for files

    return handle


def _move(field: tk.Misc, move: Move, selects: bool) -> None:
    assert isinstance(field, tk.Text)
    field.tk.call("tk::TextKeySelect" if selects else "tk::TextSetCursor", field, _target(field, move))


def _delete(field: tk.Misc, move: Move, selects: bool) -> None:
    """Delete the selection if the caret is in it, else the text that the caret would move over."""
    assert isinstance(field, tk.Text)
    if field.tk.getboolean(field.tk.call("tk::TextCursorInSelection", field)):
        field.delete("sel.first", "sel.last")
    else:
        target = _target(field, move)
        field.delete(*(("insert", target) if field.compare(target, ">", "insert") else (target, "insert")))
    field.see("insert")


def _target(field: tk.Text, move: Move) -> str:
    """Return the index to which the caret would move."""
    start = field.index(f"insert -{CONTEXT_LINES} lines linestart")
    head = field.get(start, "insert")
    text = head + field.get("insert", f"insert +{CONTEXT_LINES} lines lineend")
    *lines, line = text[: move(text, len(head))].split("\n")
    return f"{int(start.partition('.')[0]) + len(lines)}.{_tk_length(field, line)}"


def _move_in_entry(field: tk.Misc, move: Move, selects: bool) -> None:
    assert isinstance(field, ttk.Entry)
    _, target = _offsets_in_entry(field, move)
    if selects:
        field.tk.call("ttk::entry::ExtendTo", field, target)
    else:
        field.icursor(target)
        field.selection_clear()
    field.tk.call("ttk::entry::See", field)


def _delete_in_entry(field: tk.Misc, move: Move, selects: bool) -> None:
    assert isinstance(field, ttk.Entry)
    if not field.tk.getboolean(field.tk.call("ttk::entry::PendingDelete", field)):
        field.delete(*sorted(_offsets_in_entry(field, move)))
    field.tk.call("ttk::entry::See", field)


def _offsets_in_entry(field: ttk.Entry, move: Move) -> tuple[int, int]:
    """Return the offset of the caret, and the offset to which it would move."""
    text = field.get()
    caret = len(str(field.tk.call("string", "range", text, 0, field.index("insert") - 1)))
    return _tk_length(field, text[:caret]), _tk_length(field, text[: move(text, caret)])


def _tk_length(field: tk.Misc, text: str) -> int:
    """Return the length of a text in Tk's units."""
    return int(field.tk.call("string", "length", text))


def _next_word(text: str, offset: int) -> int:
    """Return the target of Ctrl+Right: the end of the word, on Windows the start of the next one."""
    offset = graphemes.word_after(text, offset)
    while sys.platform == "win32" and offset < len(text) and text[offset].isspace():
        offset += 1
    return offset
