"""A notice of something just done, with a button that takes it back within some seconds."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import monotonic
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.bar_layout import BarLayout, BarParts
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.languages.translation import N_, _

KEY = "Ctrl+Z"  # presses the button, in an empty field or outside of fields; the window binds it
HEIGHT = 56  # in pixels at 96 dpi
SECONDS = 8.0  # in which it can be taken back
LABEL = N_("Undo")
LEAST_TEXT = 160  # room that the text has beside a button with its key, in pixels at 96 dpi
TICK = 200  # milliseconds
WIDTH = 100  # at least
ICON = 18


@dataclass(frozen=True, slots=True)
class Undo:
    """What was done, and how it ends.

    Args:
        text: What was done: "Tom Hale is banned until tomorrow".
        on_undo: Called when the button is pressed.
        on_end: Called when the time is over, or another notice takes the place of this one.
        is_possible: Returns whether it can still be undone; otherwise the notice goes.
        on_hold: Called again and again while the time stands still: what is undone must wait, too.
        detail: More about it, before the seconds: "6 messages deleted".
        icon: A name in `icon_shapes.ICONS`.
    """

    text: str
    on_undo: Callable[[], object]
    on_end: Callable[[], object] = lambda: None
    detail: str = ""
    icon: str = "check"
    icon_role: str = "ok"
    on_hold: Callable[[], object] = lambda: None
    is_possible: Callable[[], bool] = lambda: True


class UndoNotice(ttk.Frame):
    """Shows one Undo. The owner grids it; it hides itself.

    The time stops while the keyboard is in it or the pointer is over it, unless the pointer has
    rested there since before the notice came.

    Args:
        now: Returns the time in seconds.
        most_height: Returns the height that there is room for, in pixels; None if that is not known.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        now: Callable[[], float] = monotonic,
        most_height: Callable[[], int | None] = lambda: None,
    ) -> None:
        super().__init__(master, style="Bar.Raised.TFrame")
        self._theme, self._now, self._most_height = theme, now, most_height
        self._undo: Undo | None = None
        self._left, self._last = 0.0, 0.0
        self._resting: tuple[int, int] | None = None  # where the pointer has been all the time
        self._timer = ""
        self._icon = ttk.Label(self, style="Raised.TLabel")
        self._text = ttk.Label(self, style="SmallBold.Raised.TLabel")
        self._detail = ttk.Label(self, style="Muted.Raised.TLabel")
        self.button = ttk.Button(
            self,
            text=f" {_(LABEL)}",
            style="Raised.TButton",
            compound="left",
            command=self.take_back,
        )
        parts = BarParts(self._icon, self._text, self._detail, self.button, ("ChatSmallBold", "ChatSmall"))
        self._layout = BarLayout(self, theme, parts, ICON)
        self.bind("<Configure>", lambda event: self._fit())
        self.bind("<Destroy>", lambda event: self._stop_timer())
        theme.watch(self, self._paint)

    def show(self, undo: Undo) -> None:
        """Show a notice; the one before it ends."""
        self.end()
        self._undo, self._left, self._last = undo, SECONDS, self._now()
        self._resting = self.winfo_pointerxy()
        self._paint()
        self.grid()
        self._timer = self.after(TICK, self.tick)

    def tick(self) -> None:
        """Count the time that has passed, unless the user is about to press the button."""
        now = self._now()
        passed, self._last = now - self._last, now
        self._stop_timer()
        if self._undo is None:
            return
        if self._is_held():
            self._undo.on_hold()
        else:
            self._left -= passed
        if self._left <= 0 or not self._undo.is_possible():
            self.end()
            return
        self._fit()
        self._timer = self.after(TICK, self.tick)

    def _is_held(self) -> bool:
        focus = str(self.tk.call("focus"))
        if focus == str(self) or focus.startswith(f"{self}."):
            return True
        pointer = self.winfo_pointerxy()
        if pointer == self._resting:
            return False
        self._resting = None
        x, y = pointer[0] - self.winfo_rootx(), pointer[1] - self.winfo_rooty()
        return 0 <= x < self.winfo_width() and 0 <= y < self.winfo_height()

    def take_back(self) -> bool:
        """Undo what the notice is about; return whether there is a notice."""
        undo = self._close()
        if undo is None or not undo.is_possible():
            return False
        undo.on_undo()
        return True

    def end(self) -> None:
        """Hide the notice: it cannot be undone any more."""
        undo = self._close()
        if undo is not None:
            undo.on_end()

    def _close(self) -> Undo | None:
        """Hide the notice and return it."""
        undo, self._undo = self._undo, None
        self._stop_timer()
        self.grid_remove()
        return undo

    def _stop_timer(self) -> None:
        if self._timer:
            self.after_cancel(self._timer)
            self._timer = ""

    def _paint(self) -> None:
        theme, px = self._theme, self._theme.px
        if self._undo is not None:
            self._icon.configure(image=theme.icon(self._undo.icon, self._undo.icon_role, theme.grown(ICON)))
        self.button.configure(image=theme.icon("undo", "text", theme.grown(16)))
        # without a width, the grid around it does not notice another height
        self.configure(width=px(WIDTH))
        self._fit()

    def _fit(self) -> None:
        """Break both texts into lines of the available width."""
        if self._undo is None:
            return
        px, label = self._theme.px, f" {_(LABEL)}"
        with_key = f"{label}  {shown_keys(KEY)}"
        more = self._theme.fonts["ChatBody"].measure(with_key)
        room = self._layout.room() - px(self._theme.grown(16) + 24) - more
        self.button.configure(text=with_key if room >= px(self._theme.grown(LEAST_TEXT)) else label)
        time = _("{seconds} s to undo").format(seconds=ceil(self._left))
        detail = f"{self._undo.detail} · {time}" if self._undo.detail else time
        self._layout.fit(self._undo.text, detail, True, px(HEIGHT), self._most_height())
