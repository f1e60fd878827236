"""A button that copies something, and says so for a moment."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.widgets.widget_timers import WidgetTimers

COPIED = "✓ Copied"
COPIED_MILLISECONDS = 2000


class CopyButton(ttk.Button):
    """One button.

    Args:
        label: What it says until it is pressed.
        on_copy: Called to copy.
        style: The ttk style.
        cursor: The pointer over it.
    """

    def __init__(
        self,
        master: tk.Misc,
        label: str,
        on_copy: Callable[[], object],
        style: str = "TButton",
        cursor: str = "",
    ) -> None:
        super().__init__(master, text=label, style=style, cursor=cursor, command=self._copy)
        self._label = label
        self._on_copy = on_copy
        self._timers = WidgetTimers(self)

    def _copy(self) -> None:
        self._on_copy()
        self.configure(text=COPIED)
        self._timers.stop("copied")
        self._timers.start("copied", COPIED_MILLISECONDS, lambda: self.configure(text=self._label))
