"""Shows a picture that can be zoomed and dragged.

Only the visible part is drawn, in the size in which it is seen: a photograph at its full size, or many times
larger, would take hundreds of megabytes. Tk repeats and leaves out pixels, so a size is a fraction.

The picture may be a smaller copy of a large one. Then its owner is asked for the part in sight, which is laid
over the copy.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.widget_timers import WidgetTimers

LEVELS = tuple(
    Fraction(*each)
    for each in (
        (1, 32), (1, 16), (1, 12), (1, 8), (1, 6), (1, 4), (1, 3), (1, 2), (2, 3), (1, 1), (3, 2), (2, 1),
        (3, 1), (4, 1), (6, 1), (8, 1),
    )
)  # fmt: skip
FITTING = sorted({Fraction(n, d) for n in range(1, 5) for d in range(n, 65)})
ONE = Fraction(1)
DRAW_MILLISECONDS = 5  # in which changes are collected
REST_MILLISECONDS = 200  # after which the part in sight is wanted in detail


class Sight(NamedTuple):
    """The part of a picture in sight.

    Attributes:
        box: Left, top, width, height, in pixels of the picture that was given.
        width, height: How large it is shown, in pixels of the display.
    """

    box: tuple[int, int, int, int]
    width: int
    height: int


class ZoomCanvas(tk.Canvas):
    """A picture in the middle, or the part of it that was dragged there.

    Args:
        on_zoom: Called with the size at which the picture is shown, when that changes.
        on_rest: Called with the part in sight when it is enlarged, and has not moved for a moment.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_zoom: Callable[[Fraction], object],
        on_rest: Callable[[Sight], object] = lambda sight: None,
    ) -> None:
        super().__init__(master, borderwidth=0, highlightthickness=0, takefocus=True)
        self._on_zoom = on_zoom
        self._on_rest = on_rest
        self._sight: Sight | None = None
        self._detail: tk.PhotoImage | None = None
        self._source: tk.PhotoImage | None = None
        self._shown: tk.PhotoImage | None = None
        self._fits = True
        self.scale_shown = ONE
        self._left = self._top = 0.0  # of the visible part, in pixels of the picture
        self._pressed: tuple[int, int, float, float] | None = None
        self._timers = WidgetTimers(self)
        self.bind("<Configure>", lambda event: self._on_resize())
        self.bind("<Button-1>", self._on_press)
        self.bind("<B1-Motion>", self._on_drag)
        self.bind("<ButtonRelease-1>", lambda event: self._end_drag())
        platform_events.bind_wheel(self, self._on_wheel)
        theme.watch(self, lambda: self.configure(background=theme.colours.pane))

    def show(self, image: tk.PhotoImage | None) -> None:
        """Show another picture, fitted into the canvas; None for none."""
        self._source, self._fits = image, True
        self._fit()

    def show_detail(self, sight: Sight, image: tk.PhotoImage) -> None:
        """Lay the part in sight over the picture, unless another part is in sight by now."""
        if sight == self._sight and self._shown is not None:
            self._detail = image
            self.create_image(*self._corner(), image=image, anchor="nw")

    def fit(self) -> None:
        """Show the whole picture."""
        self._fits = True
        self._fit()

    def zoom(self, step: int) -> None:
        """Show the picture larger (1) or smaller (-1) about the middle of the canvas."""
        self._zoom_about(step, self.winfo_width() / 2, self.winfo_height() / 2)

    def show_at(self, scale: Fraction) -> None:
        """Show the picture at a size, about the middle of the canvas."""
        self._set_scale(scale, self.winfo_width() / 2, self.winfo_height() / 2)

    def pan(self, x: int, y: int) -> None:
        """Move the visible part by pixels of the display."""
        self._left += x / float(self.scale_shown)
        self._top += y / float(self.scale_shown)
        self._draw_soon()

    def _on_resize(self) -> None:
        if self._fits:
            self._fit()
        else:
            self._draw_soon()

    def _fit(self) -> None:
        if self._source is None:
            self._draw_soon()
            return
        width, height = max(self.winfo_width(), 1), max(self.winfo_height(), 1)
        most = min(Fraction(width, self._source.width()), Fraction(height, self._source.height()))
        self.scale_shown = max((each for each in FITTING if each <= most), default=FITTING[0])
        self._left = self._top = 0.0
        self._on_zoom(self.scale_shown)
        self._draw_soon()

    def _zoom_about(self, step: int, x: float, y: float) -> None:
        if step > 0:
            scale = next((each for each in LEVELS if each > self.scale_shown), LEVELS[-1])
        else:
            scale = next((each for each in reversed(LEVELS) if each < self.scale_shown), LEVELS[0])
        self._set_scale(scale, x, y)

    def _set_scale(self, scale: Fraction, x: float, y: float) -> None:
        """Show the picture at another size; the point of it at x and y stays there."""
        if self._source is None or scale == self.scale_shown:
            return
        old, new = float(self.scale_shown), float(scale)
        left = self._margin(self._source.width(), old, self.winfo_width())
        top = self._margin(self._source.height(), old, self.winfo_height())
        self._left += (x - left) / old - x / new
        self._top += (y - top) / old - y / new
        self.scale_shown, self._fits = scale, False
        self._on_zoom(scale)
        self._draw_soon()

    @staticmethod
    def _margin(size: int, scale: float, room: int) -> float:
        """Return the space beside a picture that is smaller than the canvas."""
        return max((room - size * scale) / 2, 0.0)

    def _draw_soon(self) -> None:
        self._timers.start("draw", DRAW_MILLISECONDS, self._draw)

    def _draw(self) -> None:
        self.delete("all")
        self._sight = self._detail = None
        self._timers.stop("rest")
        source, scale = self._source, self.scale_shown
        if source is None:
            self._shown = None
            return
        width, height = self.winfo_width(), self.winfo_height()
        left, across = self._part(self._left, source.width(), width)
        top, down = self._part(self._top, source.height(), height)
        self._left, self._top = float(left), float(top)
        shown = tk.PhotoImage(master=self)
        options = ("-from", left, top, left + across, top + down, "-zoom", scale.numerator, scale.numerator)
        self.tk.call(shown, "copy", source, *options, "-subsample", scale.denominator, scale.denominator)
        self._shown = shown
        self.create_image(*self._corner(), image=shown, anchor="nw")
        if scale > 1:
            self._sight = Sight((left, top, across, down), shown.width(), shown.height())
            self._timers.start("rest", REST_MILLISECONDS, self._rest)

    def _corner(self) -> tuple[int, int]:
        """Return where the upper left corner of the visible part is."""
        assert self._source is not None
        scale = float(self.scale_shown)
        return (
            round(self._margin(self._source.width(), scale, self.winfo_width())),
            round(self._margin(self._source.height(), scale, self.winfo_height())),
        )

    def _rest(self) -> None:
        if self._sight is not None:
            self._on_rest(self._sight)

    def _part(self, begin: float, size: int, room: int) -> tuple[int, int]:
        """Return where the visible part of a side begins and how long it is, in pixels of the picture."""
        step = self.scale_shown.denominator
        seen = min(int(room / self.scale_shown) + 1, size)
        first = round(min(max(begin, 0.0), size - seen))
        first -= first % step  # so that the same pixels are left out wherever it is dragged
        return first, min(seen + step, size - first)

    def _on_wheel(self, pixels: int) -> None:
        x, y = self.winfo_pointerx() - self.winfo_rootx(), self.winfo_pointery() - self.winfo_rooty()
        self._zoom_about(-1 if pixels > 0 else 1, x, y)

    def _on_press(self, event: tk.Event[tk.Misc]) -> None:
        self.focus_set()
        self._pressed = (event.x, event.y, self._left, self._top)
        self.configure(cursor="fleur")

    def _on_drag(self, event: tk.Event[tk.Misc]) -> None:
        if self._pressed is not None:
            x, y, left, top = self._pressed
            self._left = left - (event.x - x) / float(self.scale_shown)
            self._top = top - (event.y - y) / float(self.scale_shown)
            self._draw_soon()

    def _end_drag(self) -> None:
        self._pressed = None
        self.configure(cursor="")
