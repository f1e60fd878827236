"""Opens files that were downloaded: only when the user says so, and after a question if one is a program."""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Callable
from pathlib import Path

from chatapp.client.files.media_types import is_program
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.languages.translation import N_, _
from chatapp.system import open_file

LOOK_MILLISECONDS = 500  # between two looks at whether the program that opens a file has failed

GONE = N_("“{name}” is not in its folder any more.")
NOT_OPENED = N_("No program was found to open “{name}”.")
NOT_SHOWN = N_("No program was found to show the folder “{name}”.")
PROGRAM = N_(
    "It is a program or contains one. It can change or delete everything that you can. "
    "Open it only if you trust who sent it, and know what it does."
)


class FileOpener:
    """Opens files.

    Args:
        show_problem: Shows why a file is not opened; "" if it is.
    """

    def __init__(self, master: tk.Misc, theme: Theme, show_problem: Callable[[str], object]) -> None:
        self._master = master
        self._theme = theme
        self._show_problem = show_problem
        self._timers = WidgetTimers(master)
        self._running: list[tuple[open_file.Process, str]] = []  # with what to say if it fails

    def open(self, path: Path) -> None:
        """Open a file with the program that the system has for it."""
        if not self._is_here(path):
            return
        if is_program(path.name):
            self._ask(path)
        else:
            self._open(path)

    def show_in_folder(self, path: Path) -> None:
        """Show a file in its folder."""
        if self._is_here(path):
            folder = path.parent.name or str(path.parent)
            self._start(path, open_file.show_in_folder, _(NOT_SHOWN).format(name=folder))

    def _is_here(self, path: Path) -> bool:
        is_here = path.is_file()
        self._show_problem("" if is_here else _(GONE).format(name=path.name))
        return is_here

    def _open(self, path: Path) -> None:
        self._start(path, open_file.open_file, _(NOT_OPENED).format(name=path.name))

    def _ask(self, path: Path) -> None:
        QuestionDialog(
            self._master.winfo_toplevel(),
            self._theme,
            _("Open “{name}”?").format(name=path.name),
            _(PROGRAM),
            {_("Cancel"): lambda: None, _("Open it"): lambda: self._open(path)},
            escape=_("Cancel"),
        )

    def _start(self, path: Path, start: Callable[[Path], open_file.Process | None], problem: str) -> None:
        try:
            process = start(path)
        except OSError:
            self._show_problem(problem)
            return
        if process is not None:
            # the Explorer of Windows always says that it has failed
            self._running.append((process, "" if sys.platform == "win32" else problem))
            self._look()

    def _look(self) -> None:
        """Tell the user if a program has failed, and let the system forget those that have ended."""
        for each in list(self._running):
            process, problem = each
            code = process.poll()
            if code is not None:
                self._running.remove(each)
            if code and problem:
                self._show_problem(problem)
        if self._running:
            self._timers.start("look", LOOK_MILLISECONDS, self._look)
