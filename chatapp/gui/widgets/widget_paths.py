"""Finds the widgets that Tk names by their paths: under the pointer, with the keyboard focus.

The functions of Tkinter for this raise KeyError while a dialog is open that a script of Tk has made, as that
for files on X11: Tkinter does not know its widgets. Here such a widget is None. Events have only its path.
"""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk


class TkEntry(ttk.Entry):
    """A field that a script of Tk has made.

    Args:
        master: Any widget of the program.
    """

    def __init__(self, master: tk.Misc, path: str) -> None:
        # no widget is made, so that of ttk.Entry must not be called
        self.tk, self.master, self._w, self.children = master.tk, master, path, {}


def widget_of(master: tk.Misc, path: object) -> tk.Misc | None:
    """Return the widget with a path; None for "" and for one that Tkinter does not know.

    Args:
        master: Any widget of the program.
    """
    try:
        return master.nametowidget(str(path)) if str(path) else None
    except KeyError:
        return None


def widget_at(master: tk.Misc, x: int, y: int) -> tk.Misc | None:
    """Return the widget at a point of the screen; None for one that is not of this program.

    Args:
        master: Any widget on this screen.
    """
    return widget_of(master, master.tk.call("winfo", "containing", "-displayof", master, x, y))


def has_focus(widget: tk.Misc) -> bool:
    """Return whether a widget gets the keys now."""
    return str(widget.tk.call("focus", "-displayof", widget)) == str(widget)


def focused(master: tk.Misc) -> tk.Misc | None:
    """Return the widget that gets the keys now; None if it is not of this program.

    Args:
        master: Any widget of the program.
    """
    return widget_of(master, master.tk.call("focus"))


def last_focused(widget: tk.Misc) -> tk.Misc | None:
    """Return the widget that gets the keys when the window of a widget is active."""
    return widget_of(widget, widget.tk.call("focus", "-lastfor", widget))


def next_focus(widget: tk.Misc, back: bool = False) -> tk.Misc | None:
    """Return the widget to which Tab moves the focus, or Shift+Tab if `back`."""
    return widget_of(widget, widget.tk.call("tk_focusPrev" if back else "tk_focusNext", widget))
