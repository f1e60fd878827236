"""Tk's image of a large PPM, put together piece by piece: the window answers meanwhile."""

from __future__ import annotations

import re
import tkinter as tk
from collections.abc import Callable

from chatapp.gui.widgets.widget_timers import WidgetTimers

PIECE_PIXELS = 300_000  # that are put at once: about ten milliseconds
PAUSE_MILLISECONDS = 1

_HEAD = re.compile(rb"P6\s+(\d+)\s+(\d+)\s+255\s")


class PpmImage:
    """Makes one image at a time.

    Args:
        widget: Whose timers the work is done by; it ends with the widget.
    """

    def __init__(self, widget: tk.Misc) -> None:
        self._widget = widget
        self._timers = WidgetTimers(widget)

    def make(self, data: bytes, done: Callable[[tk.PhotoImage | None], object]) -> None:
        """Make an image of a PPM, and call `done` with it; None if it is damaged. The one before ends."""
        self.stop()
        head = _HEAD.match(data)
        width, height = (int(head[1]), int(head[2])) if head else (0, 0)
        if head is None or not width or not height or len(data) - head.end() < 3 * width * height:
            done(None)
            return
        image = tk.PhotoImage(master=self._widget, width=width, height=height)
        pixels, rows = memoryview(data)[head.end() :], max(PIECE_PIXELS // width, 1)

        def put(top: int) -> None:
            count = min(rows, height - top)
            piece = b"P6 %d %d 255\n" % (width, count) + pixels[3 * width * top : 3 * width * (top + count)]
            image.tk.call(image, "put", piece, "-format", "ppm", "-to", 0, top)
            if top + count < height:
                self._timers.start("put", PAUSE_MILLISECONDS, lambda: put(top + count))
            else:
                done(image)

        put(0)

    def stop(self) -> None:
        """Give up the image that is being made."""
        self._timers.stop("put")
