"""How context menus open: with icons, or on macOS as the menus of the system."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterable

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.icon_menu import IconMenu, MenuItem
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from chatapp.gui.widgets.widget_paths import widget_of

BY_KEYBOARD = ("TButton", "Canvas")  # classes of widgets from which keys open a menu


def pop_up(
    master: tk.Misc,
    theme: Theme,
    items: Iterable[MenuItem],
    x: int,
    y: int,
    by_keyboard: bool | None = None,
    is_above: bool = False,
    focus: tk.Misc | None = None,
    is_left: bool = False,
) -> None:
    """Open a menu at screen coordinates; when it closes, the composer has the keyboard focus.

    Args:
        by_keyboard: Whether the first entry is selected at once. None: if a button or a list has the keyboard
            focus, which no click gives it.
        is_above: Whether it opens above y where there is room.
        focus: The widget that has the keyboard focus afterwards; None for the composer.
        is_left: Whether it opens to the left of x where there is room.
    """
    if platform_events.IS_MAC:
        _pop_up_native(master, theme, items, x, y, focus)
    else:
        selects_first = _is_by_keyboard(master) if by_keyboard is None else by_keyboard
        IconMenu(master, theme, items, x, y, selects_first, is_above, focus, is_left)


def _is_by_keyboard(master: tk.Misc) -> bool:
    focus = str(master.tk.call("focus"))
    if not focus or str(master.tk.call("winfo", "class", focus)) not in BY_KEYBOARD:
        return False
    window = widget_of(master, master.tk.call("winfo", "toplevel", focus))
    return not isinstance(window, IconMenu)  # a menu that was opened before


def _pop_up_native(
    master: tk.Misc, theme: Theme, items: Iterable[MenuItem], x: int, y: int, focus: tk.Misc | None
) -> None:
    menu = theme.menu(master)
    for item in items:
        if item.label:
            menu.add_command(
                label=item.label,
                command=item.action,
                accelerator=platform_events.shown_keys(item.key),
                state="disabled" if item.is_text else "normal",
            )
        else:
            menu.add_separator()
    if focus is None:
        master.event_generate(RELEASE_FOCUS)  # before: Tk returns the focus to the widget that had it
    menu.tk_popup(x, y)
