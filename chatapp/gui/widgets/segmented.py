"""A choice between a few words side by side, one of which is always chosen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme

EDGE, SIDE = 3, 12  # left and right of all segments, and of each label; pixels at 96 dpi
SCREEN_MARGIN = 80  # around the window that it stands in, in pixels at 96 dpi


class SegmentedControl(ttk.Frame):
    """Segments of equal width where they have the room. Tab goes to the chosen one, arrows choose another.

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
        super().__init__(master, style="Box.TFrame", padding=(theme.px(EDGE), theme.px(2)))
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

        With less room each has the width of its own label; with still less they stand below one another. They
        always request the same width: otherwise a parent that follows the request would change it for ever.
        """
        px, measure = self._theme.px, self._theme.fonts["ChatBold"].measure
        segments = list(self.segments.values())
        widths = [measure(str(segment.cget("text"))) + px(2 * SIDE) for segment in segments]
        room = self.winfo_width() if self.winfo_width() > 1 else self.winfo_screenwidth() - px(SCREEN_MARGIN)
        room -= px(2 * EDGE)
        wanted, requested = len(segments) * max(widths), [each.winfo_reqwidth() for each in segments]
        is_equal, is_column = wanted <= room, sum(widths) > room
        for number, segment in enumerate(segments):
            row, column = (number, 0) if is_column else (0, number)
            segment.grid(row=row, column=column, sticky="nsew")
            is_used = not is_column or number == 0
            least = max(widths) if is_equal or is_column else widths[number]
            missing = wanted - max(requested) if is_column else max(widths) - requested[number]
            self.columnconfigure(
                number,
                weight=int(is_used),
                uniform="segment" if is_used and is_equal else "",
                minsize=least * is_used,
                pad=max(missing, 0) if is_used and not is_equal else 0,
            )
            self.rowconfigure(number, weight=int(is_column or number == 0))
