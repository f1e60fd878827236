"""A choice between a few words side by side, one of which is always chosen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme

SCREEN_MARGIN = 80  # around the window that it stands in, in pixels at 96 dpi


class SegmentedControl(ttk.Frame):
    """Segments of equal width. Tab goes to the chosen one, arrows choose another.

    Args:
        choices: Key -> label of each segment, from left to right.
        on_change: Called with the key when the user chooses another segment.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        choices: Mapping[str, str],
        on_change: Callable[[str], object] = lambda key: None,
    ) -> None:
        super().__init__(master, style="Box.TFrame", padding=(theme.px(3), theme.px(2)))
        self._on_change = on_change
        self._shown = next(iter(choices))
        self._chosen = tk.StringVar(self, self._shown)
        self.segments: dict[str, ttk.Radiobutton] = {}
        for key, label in choices.items():
            segment = self.segments[key] = ttk.Radiobutton(
                self, text=label, value=key, variable=self._chosen, style="Segment.TRadiobutton",
                command=partial(self._choose, key), cursor="hand2",
            )  # fmt: skip
            for arrow, step in (("<Left>", -1), ("<Right>", 1), ("<Up>", -1), ("<Down>", 1)):
                segment.bind(arrow, partial(self._move, step))
        self._theme = theme
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._fit)
        self.show(self._shown)

    @property
    def chosen(self) -> str:
        """The key of the chosen segment."""
        return self._shown

    def show(self, key: str) -> None:
        """Choose a segment without calling `on_change`."""
        self._shown = key
        self._chosen.set(key)
        for each, segment in self.segments.items():
            segment.configure(takefocus=each == key)

    def set_disabled(self, is_disabled: bool) -> None:
        """Disable or enable all segments."""
        for segment in self.segments.values():
            segment.state(["disabled" if is_disabled else "!disabled"])

    def _choose(self, key: str) -> None:
        if key != self._shown:
            self.show(key)
            self._on_change(key)

    def _move(self, step: int, event: tk.Event[tk.Misc]) -> str:
        keys = list(self.segments)
        key = keys[(keys.index(self._shown) + step) % len(keys)]
        if not self.segments[key].instate(["disabled"]):
            self.segments[key].focus_set()
            self._choose(key)
        return "break"

    def _fit(self) -> None:
        """Give all segments the width of the longest bold label, so that nothing moves when one is chosen.

        Without room side by side they stand below one another. They request the same width in both ways:
        otherwise a parent that follows the request would change it for ever.
        """
        px, measure = self._theme.px, self._theme.fonts["ChatBold"].measure
        segments = list(self.segments.values())
        width = max(measure(str(segment.cget("text"))) for segment in segments) + px(24)
        wanted = len(segments) * width
        room = self.winfo_width() if self.winfo_width() > 1 else self.winfo_screenwidth() - px(SCREEN_MARGIN)
        is_column = wanted + px(6) > room
        widest = max(segment.winfo_reqwidth() for segment in segments)
        for number, segment in enumerate(segments):
            row, column = (number, 0) if is_column else (0, number)
            segment.grid(row=row, column=column, sticky="nsew")
            is_used = not is_column or number == 0
            self.columnconfigure(
                number,
                weight=int(is_used),
                uniform="segment" if is_used else "",
                minsize=width * is_used,
                pad=max(wanted - widest, 0) if is_column and is_used else 0,
            )
            self.rowconfigure(number, weight=int(is_column or number == 0))
