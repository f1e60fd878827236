"""Names of pages side by side, the shown one underlined."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

from chatapp.gui.theme.theme import Theme

HEIGHT, GAP, LINE = 36, 24, 2  # of the row, between names, of the underline; pixels at 96 dpi
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
        self.bind("<Button-1>", self._on_click)
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
        for number, (left, right) in enumerate(self._edges):
            if left - self._theme.px(GAP) // 2 <= event.x < right + self._theme.px(GAP) // 2:
                self._choose(number)
                return

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
        for number, name in enumerate(self._names):
            right, is_shown = left + bold.measure(name), number == self.shown
            self._edges.append((left, right))
            if is_shown and self.focus_displayof() is self:
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
            left = right + px(GAP)
