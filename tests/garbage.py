"""Cyclic garbage is collected by the main thread alone, from the first test of a window until the run ends.

Python runs the collector in whichever thread creates an object at that moment. A thread that deletes an image
or a variable of a closed window waits a second for a main loop, and one that deletes the interpreter of Tk
ends the process. Automatic collection cannot be limited to a thread, so it is off; `collect_if_due` is called
instead.
"""

from __future__ import annotations

import gc
import threading
import traceback
from typing import Literal

MANY = 1000  # objects created and not deleted since the last collection, after which the next one is due

_strays: list[str] = []  # what other threads than the main one collected or deleted


def collect_in_main_thread() -> None:
    """Turn automatic collection off. What exists now, such as modules, is never examined again."""
    if _notice not in gc.callbacks:
        gc.collect()
        gc.freeze()
        gc.callbacks.append(_notice)
    gc.disable()


def collect_if_due() -> None:
    """Collect all garbage if there may be much of it and automatic collection is off."""
    if not gc.isenabled() and gc.get_count()[0] > MANY:
        gc.collect()


def watch_tk() -> None:
    """From now on, notice each object of Tk that another thread than the main one deletes."""
    import tkinter as tk  # not above: Python may have been installed without it
    from tkinter.font import Font

    for kind in (tk.Misc, tk.Variable, tk.Image, Font):
        if not hasattr(kind, "is_watched"):
            _watch(kind)


def _watch(kind: type) -> None:
    before = getattr(kind, "__del__", None)

    def delete(deleted: object) -> None:
        note_if_elsewhere(f"deleted a {type(deleted).__name__}")
        if before is not None:
            before(deleted)

    setattr(kind, "__del__", delete)  # noqa: B010  (mypy forbids the assignment)
    setattr(kind, "is_watched", True)  # noqa: B010


def take_strays() -> str:
    """Return what other threads than the main one collected or deleted since the last call, and where."""
    found = "\n".join(_strays)
    _strays.clear()
    return found


def note_if_elsewhere(what: str) -> None:
    """Note what has been done, unless this is the main thread."""
    thread = threading.current_thread()
    if thread is not threading.main_thread():
        _strays.append(f"thread {thread.name} {what}:\n{''.join(traceback.format_stack())}")


def _notice(phase: Literal["start", "stop"], info: dict[str, int]) -> None:
    if phase == "start":
        note_if_elsewhere("collected garbage")
