"""Names of pages side by side, the shown one underlined."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.widget_paths import has_focus

HEIGHT, GAP, LINE = 36, 24, 2  # of the row, between names, of the underline; pixels at 96 dpi
LEAST_GAP = 12  # between names that have little room
RADIUS, RING = 6, 2


class Tabs(tk.Canvas):
    """A row of names. A click or the arrows choose another one.

    Args:
        on_change: Called with the number of the page when the user chooses another one.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, names: Sequence[str], on_change: Callable[[int], object]
    ) -> None:
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=True, width=1, cursor="hand2")
        self._theme = theme
        self._names = list(names)
        self._on_change = on_change
        self._edges: list[tuple[int, int]] = []
        self.shown = 0
        self._tip, self._pointed = Tooltip(self, theme), -1
        self.bind("<Button-1>", self._on_click)
        self.bind("<Motion>", self._on_motion)
        self.bind("<Leave>", self._on_leave, add=True)
        for key, step in (("Left", -1), ("Right", 1), ("Up", -1), ("Down", 1)):
            self.bind(f"<{key}>", partial(self._move, step))
        for event in ("<Configure>", "<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda event: self._paint(), add=True)
        theme.watch(self, self._paint)

    def show(self, number: int) -> None:
        """Mark a name without calling `on_change`."""
        self.shown = number
        self._paint()

    def _on_click(self, event: tk.Event[tk.Misc]) -> None:
        self.focus_set()
        number = self._number_at(event.x)
        if number >= 0:
            self._choose(number)

    def _on_motion(self, event: tk.Event[tk.Misc]) -> None:
        """Show the whole name in a tooltip if it was shortened."""
        number = self._number_at(event.x)
        if number != self._pointed:
            self._pointed = number
            name = self._names[number] if number >= 0 else ""
            self._tip.show(name if name and name not in self._fitted(self.winfo_width())[0] else "")

    def _on_leave(self, event: tk.Event[tk.Misc]) -> None:
        self._pointed = -1

    def _number_at(self, x: int) -> int:
        """Return the number of the name at this distance from the left; -1 for none."""
        half = self._theme.px(GAP) // 2
        found = (
            number for number, (left, right) in enumerate(self._edges) if left - half <= x < right + half
        )
        return next(found, -1)

    def _move(self, step: int, event: tk.Event[tk.Misc]) -> str:
        self._choose((self.shown + step) % len(self._names))
        return "break"

    def _choose(self, number: int) -> None:
        if number != self.shown:
            self.show(number)
            self._on_change(number)

    def _paint(self) -> None:
        theme, px = self._theme, self._theme.px
        bold = theme.fonts["ChatBold"]
        height = max(px(HEIGHT), bold.metrics("linespace") + px(16))
        self.configure(background=theme.colours.pane, height=height)
        self.delete("all")
        self._edges.clear()
        width = self.winfo_width()
        self.create_line(0, height - 1, width, height - 1, fill=theme.colours.divider)
        left = px(RING)
        names, gap = self._fitted(width - 2 * left)
        for number, name in enumerate(names):
            right, is_shown = left + bold.measure(name), number == self.shown
            self._edges.append((left, right))
            if is_shown and has_focus(self):
                box = theme.box(right - left + px(12), height - px(8), RADIUS, "", "accent", RING)
                self.create_image(left - px(6), px(2), image=box, anchor="nw")
            self.create_text(
                left, (height - px(LINE)) // 2, anchor="w", text=name,
                font="ChatBold" if is_shown else "ChatBody",
                fill=theme.colours.text if is_shown else theme.colours.muted,
            )  # fmt: skip
            if is_shown:
                self.create_rectangle(
                    left, height - px(LINE), right, height, fill=theme.colours.accent, width=0
                )
            left = right + gap

    def _fitted(self, room: int) -> tuple[list[str], int]:
        """Return the names as they are drawn, shorter where there is no room, and the gap between them."""
        measure, px, names = self._theme.fonts["ChatBold"].measure, self._theme.px, self._names
        free = room - sum(map(measure, names))
        gap = min(px(GAP), free // max(len(names) - 1, 1))
        if room <= 1 or gap >= px(LEAST_GAP):
            return names, max(gap, px(LEAST_GAP))
        room -= px(LEAST_GAP) * (len(names) - 1)
        most = max(room // len(names), 0)
        spare = sum(max(most - measure(name), 0) for name in names)
        long = [name for name in names if measure(name) > most]
        most += spare // len(long)
        return [shorten(name, measure, most) for name in names], px(LEAST_GAP)
