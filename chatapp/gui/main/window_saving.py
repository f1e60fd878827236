"""Saves the settings of the window while it is open and at its end, and places it where it was."""

from __future__ import annotations

import shlex
import sys
import tkinter as tk
from collections.abc import Callable
from typing import NamedTuple

from chatapp.client.local.settings import Settings
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.geometry import WindowGeometry

AUTOSAVE_MILLISECONDS = 2000  # between two checks for settings to be saved
WIDTH, HEIGHT = 1120, 720  # at the first start, in pixels at 96 dpi
MIN_WIDTH, MIN_HEIGHT = 520, 360  # in pixels at 96 dpi


class SavingHandlers(NamedTuple):
    """Functions that are called from here."""

    save: Callable[[Settings], object]
    """Save the settings now."""
    autosave: Callable[[], str]
    """Save the settings if they have changed, without blocking; return an error text or ""."""
    sashes: Callable[[], dict[str, int]]
    """Return the widths of the panes."""
    store: Callable[[bool], object]
    """Put drafts and conversations into the settings; True if this is the last time."""
    on_problem: Callable[[str], object]
    """Show that saving failed."""


class WindowSaving:
    """The geometry of the window, and the times at which its settings are saved."""

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        settings: Settings,
        handlers: SavingHandlers,
    ) -> None:
        self._root = root
        self._theme = theme
        self._settings = settings
        self._handlers = handlers
        self._timer = ""
        root.protocol("WM_SAVE_YOURSELF", self._on_session_end)

    def place_window(self) -> None:
        """Place the window where it was last time if that can be reached, else centre it on the screen."""
        root, px = self._root, self._theme.px
        root.minsize(px(MIN_WIDTH), px(MIN_HEIGHT))
        first_screen = WindowGeometry(0, 0, root.winfo_screenwidth(), root.winfo_screenheight())
        all_screens = WindowGeometry(
            root.winfo_vrootx(), root.winfo_vrooty(), root.winfo_vrootwidth(), root.winfo_vrootheight()
        )
        geometry = WindowGeometry.parse(self._settings.place)
        geometry = geometry or WindowGeometry.centred(px(WIDTH), px(HEIGHT), first_screen)
        root.geometry(str(geometry.within(all_screens)))

    def start(self) -> None:
        """Save from time to time, so that little is lost if the process is killed."""
        self._timer = self._root.after(AUTOSAVE_MILLISECONDS, self._on_timer)

    def stop(self) -> None:
        """Put everything into the settings for the last time, and save no more by itself."""
        if self._timer:
            self._root.after_cancel(self._timer)
            self._timer = ""
        self._update(is_last=True)

    def save(self) -> None:
        """Save the settings."""
        self._handlers.save(self._settings)

    def _on_timer(self) -> None:
        try:
            self._update()
            problem = self._handlers.autosave()
            if problem:
                self._handlers.on_problem(problem)
        finally:
            self.start()

    def _on_session_end(self) -> None:
        """Save the settings: the user is logging out (X11), or Windows shuts down."""
        self._update(is_last=True)
        self.save()
        if self._root.tk.call("tk", "windowingsystem") == "x11":
            self._root.wm_command(shlex.join(sys.argv))  # tells the session manager that saving is done

    def _update(self, is_last: bool = False) -> None:
        """Put geometry, drafts and preferences into the settings."""
        if self._root.state() != "withdrawn":
            self._settings.place = self._root.geometry()
            self._settings.sashes = self._handlers.sashes()
        self._handlers.store(is_last)
