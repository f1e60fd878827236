"""The list of conversations with 5,000 of them: a new number, a step of scrolling, the pointer over a row.

python -m tests.bench.sidebar            needs a display
"""

from __future__ import annotations

import statistics
import time
import tkinter as tk
from collections.abc import Callable

from chatapp.gui.main.sidebar import Sidebar, SidebarHandlers
from chatapp.gui.theme.theme import Theme
from tests.bench.display import open_root
from tests.bench.report import print_result, run_bench
from tests.gui.networks import make_network

CHANNELS, DIRECTS = 4000, 1000
STEPS = 100


def main() -> None:
    """Measure and print all results."""
    root = open_root()
    theme = Theme(root, "dark")
    root.geometry(f"{theme.px(236)}x{theme.px(900)}")
    sidebar = Sidebar(root, theme, _no_handlers())
    sidebar.pack(fill="both", expand=True)
    network = make_network("#general", *(f"#channel{number:04}" for number in range(CHANNELS)))
    for number in range(DIRECTS):
        network.add(f"person{number:04}", "direct").read_marker = float(number)
    changing = network.conversations["#channel0007"]

    def show(step: int) -> None:
        changing.unread = step
        sidebar.show(network)

    rows = sidebar.rows
    measurements: dict[str, Callable[[int], object]] = {
        "show a new number": show,
        "scroll step": lambda step: rows.canvas.yview_moveto(step / STEPS),
        "pointer over another row": lambda step: rows.canvas.event_generate(
            "<Motion>", x=50, y=28 * (step % 20)
        ),
    }
    for name, do in measurements.items():
        taken = _times(root, do)
        print_result(f"{name}, median", statistics.median(taken) * 1000, "ms")
        print_result(f"{name}, worst", max(taken) * 1000, "ms")
    root.destroy()


def _times(root: tk.Tk, do: Callable[[int], object]) -> list[float]:
    """Return the seconds of each step until it is on the screen."""
    taken = []
    for step in range(1, STEPS + 1):
        start = time.perf_counter()
        do(step)
        root.update()
        taken.append(time.perf_counter() - start)
    return taken[1:]  # the first one fills the caches


def _no_handlers() -> SidebarHandlers:
    def ignore(*arguments: object) -> None:
        """Do nothing."""

    return SidebarHandlers(*[ignore] * 10)


if __name__ == "__main__":
    run_bench(main)
