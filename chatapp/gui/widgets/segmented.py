"""A choice between a few words side by side, one of which is always chosen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme


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
        self.rowconfigure(0, weight=1)
        for column, (key, label) in enumerate(choices.items()):
            segment = self.segments[key] = ttk.Radiobutton(
                self, text=label, value=key, variable=self._chosen, style="Segment.TRadiobutton",
                command=partial(self._choose, key), cursor="hand2",
            )  # fmt: skip
            for arrow, step in (("<Left>", -1), ("<Right>", 1), ("<Up>", -1), ("<Down>", 1)):
                segment.bind(arrow, partial(self._move, step))
            segment.grid(row=0, column=column, sticky="nsew")
        self._theme = theme
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
        """Give all segments the width of the longest bold label, so that nothing moves when one is chosen."""
        measure = self._theme.fonts["ChatBold"].measure
        labels = [str(segment.cget("text")) for segment in self.segments.values()]
        width = max(measure(label) for label in labels) + self._theme.px(24)
        for column in range(len(labels)):
            self.columnconfigure(column, weight=1, uniform="segment", minsize=width)
