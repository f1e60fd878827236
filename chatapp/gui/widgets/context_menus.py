"""Context menus: their items, and how they open."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of a menu; without a label it is a separator.

    Attributes:
        icon: A name of the theme's icons.
        key: The key that does the same, as shown to the user.
        dangerous: Whether it destroys something.
    """

    label: str = ""
    action: Callable[[], object] = lambda: None
    icon: str = ""
    key: str = ""
    dangerous: bool = False


def pop_up(master: tk.Misc, theme: Theme, items: Iterable[MenuItem], x: int, y: int) -> tk.Menu:
    """Open a menu at screen coordinates."""
    menu = theme.menu(master)
    for item in items:
        if item.label:
            menu.add_command(
                label=item.label, command=item.action, accelerator=platform_events.shown_keys(item.key)
            )
        else:
            menu.add_separator()
    post(menu, x, y)
    return menu


def post(menu: tk.Menu, x: int, y: int) -> None:
    """Open the menu of a widget without text input; when it closes, the composer has the keyboard focus."""
    menu.master.event_generate(RELEASE_FOCUS)  # before: Tk returns the focus to the widget that had it
    menu.tk_popup(x, y)
