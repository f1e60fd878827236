"""Cut, copy, paste and select all in every field: a menu, and the keys on layouts without Latin letters."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import key_codes, platform_events
from chatapp.gui.widgets.context_menus import pop_up
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.languages.translation import N_, _
from chatapp.system.clipboard import has_more_than_text
from chatapp.system.clipboard_contents import FILE_KINDS, PICTURE_KIND

EDITORS = ("Text", "Entry", "TEntry", "TCombobox")  # widget classes that take text input
EVENTS = {
    "x": "<<Cut>>", "c": "<<Copy>>", "v": "<<Paste>>", "a": "<<SelectAll>>", "z": "<<Undo>>",
    "Shift-z": "<<Redo>>",
}  # fmt: skip
MENU = {
    "<<Cut>>": (N_("Cut"), "cut", "Ctrl+X"),
    "<<Copy>>": (N_("Copy"), "copy", "Ctrl+C"),
    "<<Paste>>": (N_("Paste"), "paste", "Ctrl+V"),
    "<<SelectAll>>": (N_("Select all"), "", "Ctrl+A"),
}
"""Event -> the label of the item that generates it, its icon and its key."""


class FileField(tk.Text):
    """A field into which files and pictures can be pasted, too.

    Attributes:
        takes_files: Returns whether it takes them now; None for never.
    """

    takes_files: Callable[[], bool] | None = None


def bind(root: tk.Misc, theme: Theme) -> None:
    """Bind menu and keys for all fields, including those of dialogs."""
    for editor in EDITORS:
        for event in platform_events.MENU_CLICKS:
            root.bind_class(editor, event, lambda event: _on_menu_click(theme, event))
        for event in platform_events.MENU_KEYS:
            root.bind_class(editor, event, lambda event: _on_menu_key(theme, event.widget))
    root.bind_all(f"<{platform_events.COMMAND}-Key>", partial(_on_command_key, root), add=True)


def is_field(widget: tk.Misc | str) -> bool:
    """Return whether text can be typed into a widget; the read-only Text of the transcript is not a field.

    Args:
        widget: A path, which an event has for a widget that is gone or not ours, is no field.
    """
    if isinstance(widget, str):
        return False
    return widget.winfo_class() in EDITORS and str(widget.cget("state")) != "disabled"


def menu_items(field: tk.Misc) -> list[MenuItem]:
    """Return the editing commands that a field allows at the moment."""
    return [
        MenuItem(_(label), partial(field.event_generate, event), icon=icon, key=key)
        for event, (label, icon, key) in MENU.items()
        if _is_possible(field, event)
    ]


def forward_clicks(hint: tk.Misc, field: tk.Misc, theme: Theme, insert: Callable[[str], object]) -> None:
    """Let a hint label that covers an empty field react to clicks as the field does.

    Args:
        insert: Inserts text into the field.
    """

    def paste(event: tk.Event[tk.Misc]) -> None:
        field.focus_set()
        try:
            insert(str(field.tk.call("selection", "get", "-type", "UTF8_STRING")))
        except tk.TclError:
            return  # there is no selection, or it is not text

    hint.bind("<Button-1>", lambda event: field.focus_set())
    hint.bind("<<PasteSelection>>", paste)
    for click in platform_events.MENU_CLICKS:
        hint.bind(click, lambda event: _open_menu(theme, field, event.x_root, event.y_root))


def _on_command_key(root: tk.Misc, event: tk.Event[tk.Misc]) -> None:
    """Handle a key whose layout has no Latin letter on it; Tk handles the others itself."""
    is_latin = len(event.keysym) == 1 and event.keysym.isascii()
    virtual = None if is_latin else EVENTS.get(key_codes.pressed(event))
    if virtual:
        root.tk.call("event", "generate", event.widget, virtual)


def _on_menu_click(theme: Theme, event: tk.Event[tk.Misc]) -> None:
    if is_field(event.widget):
        _open_menu(theme, event.widget, event.x_root, event.y_root)


def _on_menu_key(theme: Theme, field: tk.Misc) -> None:
    if is_field(field):
        _open_menu(theme, field, field.winfo_rootx(), field.winfo_rooty() + field.winfo_height(), True)


def _open_menu(theme: Theme, field: tk.Misc, x: int, y: int, by_keyboard: bool = False) -> None:
    field.focus_set()
    pop_up(field, theme, menu_items(field), x, y, by_keyboard, focus=field)


def _is_possible(field: tk.Misc, event: str) -> bool:
    if event == "<<SelectAll>>":
        return True
    if event == "<<Paste>>":
        return _has_files(field) or _has_clipboard(field)  # a program with a picture is not asked for text
    is_password = field.winfo_class() == "TEntry" and bool(str(field.cget("show")))
    return not is_password and _has_selection(field)


def _has_selection(field: tk.Misc) -> bool:
    if isinstance(field, tk.Text):
        return bool(field.tag_ranges("sel"))
    return isinstance(field, tk.Entry) and bool(field.selection_present())


def _has_files(field: tk.Misc) -> bool:
    """Return whether the clipboard may have files or a picture for this field."""
    if not isinstance(field, FileField) or field.takes_files is None or not field.takes_files():
        return False
    if field.tk.call("tk", "windowingsystem") != "x11":
        return has_more_than_text()
    try:
        kinds = str(field.tk.call("selection", "get", "-selection", "CLIPBOARD", "-type", "TARGETS"))
    except tk.TclError:
        return False
    return not {*FILE_KINDS, PICTURE_KIND}.isdisjoint(kinds.split())


def _has_clipboard(field: tk.Misc) -> bool:
    try:
        return bool(field.clipboard_get())
    except tk.TclError:
        return False  # the clipboard is empty, or it is not text
