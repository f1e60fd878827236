"""Work on other threads whose results come back to the thread of Tk."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TypeVar

from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.system.background_jobs import BackgroundJobs

Result = TypeVar("Result")

POLL_MILLISECONDS = 25


class BackgroundWork:
    """Jobs for as long as a widget is there; results that come later are dropped.

    Args:
        widget: Whose timers look for results while there is work.
    """

    def __init__(self, widget: tk.Misc) -> None:
        self._jobs = BackgroundJobs()
        self._timers = WidgetTimers(widget)

    def run(self, work: Callable[[], Result], done: Callable[[Result], object]) -> None:
        """Do some work on another thread, which may hold no object of Tk; then call `done` here."""
        self._jobs.run(work, done)
        self._watch()

    @property
    def is_busy(self) -> bool:
        """Whether a result is still to come."""
        return self._jobs.is_busy

    def _watch(self) -> None:
        if self._jobs.is_busy:
            self._timers.start("poll", POLL_MILLISECONDS, self._poll)

    def _poll(self) -> None:
        try:
            self._jobs.poll()
        finally:
            self._watch()
