"""The window of a bench, created as the program creates its own, and the wait for its picture."""

from __future__ import annotations

import tempfile
import tkinter as tk
from pathlib import Path

from chatapp.gui.theme.root_window import create_root
from tests.bench.report import BenchFailed


def open_root() -> tk.Tk:
    """Return the first window of this process.

    Raises:
        BenchFailed: There is no display.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            return create_root(Path(folder))
        except tk.TclError as error:
            raise BenchFailed(str(error)) from error


def wait_for_picture(root: tk.Tk) -> None:
    """Wait until everything is drawn, also what the display asks for when it shows a widget first."""
    root.update()
    root.winfo_pointerx()  # answered after everything before it was drawn
