"""Sends keys to the right widget: type-ahead into a field, Undo, Enter on buttons, F6 between panes."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from tkinter import ttk

from chatapp.gui.widgets import editing_keys, platform_events
from chatapp.gui.widgets.widget_paths import focused

BUTTONS = ("TButton", "TCheckbutton", "TRadiobutton")  # widget classes that Space presses


def bind_type_ahead(
    root: tk.Misc,
    may_send: Callable[[tk.Misc], bool],
    field: Callable[[], tk.Misc],
    insert: Callable[[str], object],
) -> None:
    """Send text that is typed or pasted while a list or the messages have the focus to the main field.

    From anywhere else nothing is sent: what is typed beside the fields of a form may be a password.

    Args:
        may_send: Returns whether text goes to the main field while this widget has the focus.
        field: Returns the main field: of the main window, the composer's.
        insert: Inserts text into it.
    """

    def may_act(event: tk.Event[tk.Misc]) -> bool:
        # a button that its own key has removed is no widget any more, only a name
        return isinstance(event.widget, tk.Misc) and may_send(event.widget)

    root.bind("<Key>", lambda event: _on_key(event, insert) if may_act(event) else None)
    root.bind("<<Paste>>", lambda event: _on_paste(event, field()) if may_act(event) else None)


def is_inside(widget: tk.Misc, parts: Iterable[tk.Misc]) -> bool:
    """Return whether a widget is one of these, or inside one of them; a main window is only itself."""
    return any(f"{widget}.".startswith(f"{part}.") for part in parts)


def bind_undo(root: tk.Misc, undo: Callable[[], object]) -> None:
    """Call `undo` for the key of Undo outside of fields, which undo what was typed in them."""
    root.bind("<<Undo>>", lambda event: None if editing_keys.is_field(event.widget) else undo())


def bind_enter_on_buttons(root: tk.Misc) -> None:
    """Let Enter press the focused button, as Space does."""
    root.bind_class("TButton", "<Return>", _press)


def bind_keys_that_open_lists(root: tk.Misc) -> None:
    """Let Space and Enter open the list of a combobox in which nothing can be typed, as ↓ does."""
    root.bind_class("TCombobox", "<space>", _open_list_or_type)
    for key in ("<Return>", "<KP_Enter>"):
        root.bind_class("TCombobox", key, _open_list)


def focus_next(root: tk.Misc, panes: Sequence[tk.Misc], step: int) -> None:
    """Move the focus to the next (1) or previous (-1) visible pane."""
    visible = [pane for pane in panes if pane.winfo_viewable()]
    focus = focused(root)
    index = next((index for index, pane in enumerate(visible) if pane is focus), -1)
    visible[(index + step) % len(visible)].focus_set()


def _on_key(event: tk.Event[tk.Misc], insert: Callable[[str], object]) -> None:
    widget_class = event.widget.winfo_class()
    character = platform_events.typed_character(event)
    presses_button = character == " " and widget_class in BUTTONS
    if character and widget_class not in editing_keys.EDITORS and not presses_button:
        insert(character)


def _on_paste(event: tk.Event[tk.Misc], field: tk.Misc) -> None:
    if not editing_keys.is_field(event.widget):
        field.focus_set()
        field.event_generate("<<Paste>>")


def _open_list(event: tk.Event[tk.Misc]) -> str | None:
    if not isinstance(event.widget, tk.Misc):
        return None  # a list of a dialog that Tk has made
    is_closed = str(event.widget.cget("state")) == "readonly" and not platform_events.has_modifier(event)
    if not is_closed:
        return None  # Enter in a field belongs to the dialog
    event.widget.tk.call("ttk::combobox::Post", event.widget)
    return "break"


def _open_list_or_type(event: tk.Event[tk.Misc]) -> str | None:
    opened = _open_list(event)
    if opened is None and isinstance(event.widget, tk.Misc) and platform_events.typed_character(event):
        event.widget.tk.call("ttk::entry::Insert", event.widget, event.char)  # as Tk would do
    return opened


def _press(event: tk.Event[tk.Misc]) -> None:
    if isinstance(event.widget, ttk.Button):
        event.widget.invoke()
