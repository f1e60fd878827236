"""Things that a widget does later: at most one for each purpose, and none after the widget is destroyed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable


class WidgetTimers:
    """The timers of one widget, by their purpose."""

    def __init__(self, widget: tk.Misc) -> None:
        self._widget = widget
        self._names: dict[str, str] = {}
        widget.bind("<Destroy>", self._on_destroy, add=True)

    def __contains__(self, purpose: object) -> bool:
        return purpose in self._names

    def __len__(self) -> int:
        return len(self._names)

    def start(self, purpose: str, milliseconds: int, work: Callable[[], object]) -> None:
        """Do something later, unless a timer for this purpose runs already."""

        def run() -> None:
            del self._names[purpose]
            work()

        if purpose not in self._names:
            self._names[purpose] = self._widget.after(milliseconds, run)

    def stop(self, purpose: str) -> None:
        """Do not do it."""
        if purpose in self._names:
            self._widget.after_cancel(self._names.pop(purpose))

    def stop_all(self) -> None:
        """Do none of it."""
        for purpose in list(self._names):
            self.stop(purpose)

    def _on_destroy(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self._widget:  # a window gets the events of the widgets in it, too
            self.stop_all()
