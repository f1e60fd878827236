"""Cut, copy, paste and select all in every field: a menu, and the keys on layouts without Latin letters."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import key_codes, platform_events

EDITORS = ("Text", "Entry", "TEntry", "TCombobox")  # classes with keys of their own, some of which are ours
EVENTS = {
    "x": "<<Cut>>", "c": "<<Copy>>", "v": "<<Paste>>", "a": "<<SelectAll>>", "z": "<<Undo>>",
    "Shift-z": "<<Redo>>",
}  # fmt: skip
MENU = {"Cut": "<<Cut>>", "Copy": "<<Copy>>", "Paste": "<<Paste>>", "Select all": "<<SelectAll>>"}


def bind(root: tk.Misc, theme: Theme) -> None:
    """Bind menu and keys for all fields, of dialogs too."""
    for editor in EDITORS:
        for event in platform_events.MENU_CLICKS:
            root.bind_class(editor, event, lambda event: _menu_clicked(theme, event))
        for event in platform_events.MENU_KEYS:
            root.bind_class(editor, event, lambda event: _menu_asked(theme, event.widget))
    root.bind_all(f"<{platform_events.COMMAND}-Key>", _edit, add=True)


def is_field(widget: tk.Misc) -> bool:
    """Whether something can be typed into a widget. The transcript is a Text into which nothing can."""
    return widget.winfo_class() in EDITORS and str(widget.cget("state")) != "disabled"


def menu(theme: Theme, field: tk.Misc) -> tk.Menu:
    """What can be done with the text of a field now."""
    made = theme.menu(field)
    for label, event in MENU.items():
        if _can(field, label):
            made.add_command(label=label, command=partial(field.event_generate, event))
    return made


def stand_for(hint: tk.Misc, field: tk.Misc, theme: Theme, insert: Callable[[str], object]) -> None:
    """Let a hint that lies over an empty field take clicks as the field does."""

    def paste(event: tk.Event[tk.Misc]) -> None:
        field.focus_set()
        try:
            insert(str(field.tk.call("selection", "get", "-type", "UTF8_STRING")))
        except tk.TclError:
            return  # nothing is selected anywhere, or no text

    hint.bind("<Button-1>", lambda event: field.focus_set())
    hint.bind("<<PasteSelection>>", paste)
    for click in platform_events.MENU_CLICKS:
        hint.bind(click, lambda event: _open(theme, field, event.x_root, event.y_root))


def _edit(event: tk.Event[tk.Misc]) -> None:
    """Do what Tk did not, because the layout has no Latin letter on the key. Other keys it knows itself."""
    is_latin = len(event.keysym) == 1 and event.keysym.isascii()
    virtual = None if is_latin else EVENTS.get(key_codes.pressed(event))
    if virtual:
        event.widget.event_generate(virtual)


def _menu_clicked(theme: Theme, event: tk.Event[tk.Misc]) -> None:
    if is_field(event.widget):
        _open(theme, event.widget, event.x_root, event.y_root)


def _menu_asked(theme: Theme, field: tk.Misc) -> None:
    if is_field(field):
        _open(theme, field, field.winfo_rootx(), field.winfo_rooty() + field.winfo_height())


def _open(theme: Theme, field: tk.Misc, x: int, y: int) -> None:
    field.focus_set()
    menu(theme, field).tk_popup(x, y)


def _can(field: tk.Misc, label: str) -> bool:
    if label == "Select all":
        return True
    if label == "Paste":
        return _has_clipboard(field)
    is_secret = field.winfo_class() == "TEntry" and bool(str(field.cget("show")))
    return not is_secret and bool(_selected(field))


def _selected(field: tk.Misc) -> object:
    if isinstance(field, tk.Text):
        return field.tag_ranges("sel")
    return isinstance(field, tk.Entry) and field.selection_present()


def _has_clipboard(field: tk.Misc) -> bool:
    try:
        return bool(field.clipboard_get())
    except tk.TclError:
        return False  # nothing there, or no text
