"""Files that are dropped on a widget, where Tk's extension `tkdnd` is installed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path

from chatapp.system.file_addresses import path_of_uri


def accept_files(widget: tk.Misc, on_files: Callable[[Sequence[Path]], object]) -> bool:
    """Call a function with the files that are dropped on a widget, or inside it.

    Returns:
        Whether that is possible.
    """
    if not _is_installed(widget):
        return False
    try:
        widget.tk.call("package", "require", "tkdnd")
        widget.tk.call("tkdnd::drop_target", "register", widget, "DND_Files")
    except tk.TclError:
        return False

    def drop(dropped: str) -> str:
        names = map(str, widget.tk.splitlist(dropped))
        on_files([path_of_uri(each) or Path(each) for each in names])
        return "copy"

    widget.tk.call("bind", widget, "<<Drop:DND_Files>>", f"{widget.register(drop)} %D")
    return True


def _is_installed(widget: tk.Misc) -> bool:
    """Return whether the extension may be there; only then Tcl searches all its folders for it."""
    if "tkdnd" in widget.tk.splitlist(widget.tk.call("package", "names")):
        return True
    folders = (Path(str(each)) for each in widget.tk.splitlist(widget.tk.call("set", "auto_path")))
    return any(True for folder in folders for _ in folder.glob("tkdnd*"))
