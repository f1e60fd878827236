"""Notices that somebody is at the computer: keys and clicks in the window, movements of the mouse."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from chatapp.gui.widgets.widget_timers import WidgetTimers

LOOK_MILLISECONDS = 1000  # between two looks at the place of the pointer
_EVENTS = ("<KeyPress>", "<ButtonPress>", "<MouseWheel>")


class InputActivity:
    """Reports input in all windows of the program.

    The place of the pointer is looked at once a second: a binding for each movement would cost time, and
    would miss movements over other windows.

    Args:
        on_input: Called at each key and click, and at most once a second while the mouse moves.
    """

    def __init__(self, root: tk.Tk, on_input: Callable[[], object]) -> None:
        self._root = root
        self._on_input = on_input
        self._pointer = root.winfo_pointerxy()
        self._timers = WidgetTimers(root)
        for event in _EVENTS:
            root.bind_all(event, lambda event: on_input(), add=True)
        self._wait()

    def look(self) -> None:
        """Report input if the mouse has moved since the last look."""
        pointer = self._root.winfo_pointerxy()
        if pointer != self._pointer:
            self._pointer = pointer
            self._on_input()

    def _wait(self) -> None:
        self._timers.start("look", LOOK_MILLISECONDS, self._look_again)

    def _look_again(self) -> None:
        self.look()
        self._wait()
