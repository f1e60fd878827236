"""The cost of writing: opening the emoji picker, a key, a large paste.

python -m tests.bench.composer          needs a display
"""

from __future__ import annotations

import statistics
import time
import tkinter as tk
from collections.abc import Callable

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.outgoing.pasted_text import MAX_LINE
from chatapp.gui.theme.theme import Theme
from chatapp.gui.window import Window
from tests.bench.display import open_root, wait_for_picture
from tests.bench.report import print_result, run_bench
from tests.gui.networks import add_members, make_network

OPENINGS = 5
SETTLE_MILLISECONDS = 1500
KEYS = 100
PASTED = 10_000_000  # characters of a paste that is refused


def main() -> None:
    """Measure and print all results."""
    root = open_root()
    window = Window(root, Theme(root, "dark"), Client(), Settings(), Login(""), lambda settings: None)
    network = window.client.sessions.current.network = make_network("#general")
    general = add_members(network, "#general", "ana", *(f"member{n}" for n in range(50)))
    window.start()
    window.reveal()
    window.client.open(general)
    window.poll()
    root.update()
    _measure_picker(root, window)
    composer = window.pane.composer
    composer.field.focus_force()
    root.update()
    print_result("key to paint", _median_key(root, composer.field), "ms")
    _measure_paste(root, window)
    window.end(keep_server=False)


def _measure_picker(root: tk.Tk, window: Window) -> None:
    root.after(SETTLE_MILLISECONDS, root.quit)  # the avatars of further messages are painted meanwhile
    root.mainloop()
    times, work = [], []
    for _ in range(OPENINGS):
        started, worked = time.perf_counter(), time.thread_time()
        window.pane.composer.open_emoji()
        wait_for_picture(root)
        times.append((time.perf_counter() - started) * 1000)
        work.append((time.thread_time() - worked) * 1000)
        window.pane.composer.open_emoji()  # closes it
        wait_for_picture(root)
    print_result("emoji picker: first time", times[0], "ms")
    print_result("emoji picker: CPU of the first time", work[0], "ms")
    print_result("emoji picker: again", statistics.median(times[1:]), "ms")


def _median_key(root: tk.Tk, field: tk.Text) -> float:
    """Return the time from a key to its paint."""
    times = []
    for _ in range(KEYS):
        root.update()
        times.append(_milliseconds(root, lambda: field.event_generate("<Key>", keysym="a")))
    return statistics.median(times)


def _measure_paste(root: tk.Tk, window: Window) -> None:
    composer = window.pane.composer
    for name, length in (("refused", PASTED), ("the longest line", MAX_LINE)):
        root.clipboard_clear()
        root.clipboard_append("word " * (length // 5))
        composer.box.set_text("", 0)
        root.update()
        paste = _milliseconds(root, lambda: composer.field.event_generate("<<Paste>>"))
        print_result(f"paste: {name}", paste, "ms")
    print_result("key to paint: in the longest line", _median_key(root, composer.field), "ms")


def _milliseconds(root: tk.Tk, work: Callable[[], object]) -> float:
    """Return how long work and its paint take."""
    started = time.perf_counter()
    work()
    root.update_idletasks()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    run_bench(main)
